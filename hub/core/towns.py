"""Where the towns of Quebec stand, so that a map without tiles says where one looks.

Our own list, to about a kilometre: for the eye, never for a distance.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Town:
    """A name to write on a map; `is_large` from afar too. Degrees."""

    name: str
    latitude: float
    longitude: float
    is_large: bool = False


TOWNS: tuple[Town, ...] = (
    Town("Alma", 48.55, -71.65),
    Town("Amos", 48.57, -78.12),
    Town("Baie-Comeau", 49.22, -68.15),
    Town("Baie-Saint-Paul", 47.44, -70.50),
    Town("Chibougamau", 49.92, -74.37, is_large=True),
    Town("Cowansville", 45.21, -72.75),
    Town("Drummondville", 45.88, -72.48),
    Town("Gaspé", 48.83, -64.48, is_large=True),
    Town("Gatineau", 45.48, -75.65, is_large=True),
    Town("Granby", 45.40, -72.73),
    Town("Huntingdon", 45.09, -74.17),
    Town("Joliette", 46.02, -73.44),
    Town("La Malbaie", 47.65, -70.15),
    Town("La Tuque", 47.44, -72.78),
    Town("Lachute", 45.66, -74.34),
    Town("Laval", 45.57, -73.70),
    Town("Longueuil", 45.53, -73.51),
    Town("Louiseville", 46.26, -72.94),
    Town("Magog", 45.27, -72.15),
    Town("Maniwaki", 46.37, -75.97),
    Town("Matane", 48.85, -67.53),
    Town("Mont-Laurier", 46.55, -75.50),
    Town("Mont-Tremblant", 46.12, -74.60),
    Town("Montmagny", 46.98, -70.56),
    Town("Montréal", 45.51, -73.57, is_large=True),
    Town("Québec", 46.81, -71.21, is_large=True),
    Town("Repentigny", 45.74, -73.45),
    Town("Rimouski", 48.45, -68.52, is_large=True),
    Town("Rivière-du-Loup", 47.83, -69.53),
    Town("Roberval", 48.52, -72.22),
    Town("Rouyn-Noranda", 48.24, -79.02, is_large=True),
    Town("Saguenay", 48.43, -71.07, is_large=True),
    Town("Saint-Georges", 46.12, -70.67),
    Town("Saint-Hyacinthe", 45.63, -72.96),
    Town("Saint-Jean-sur-Richelieu", 45.31, -73.26),
    Town("Saint-Jérôme", 45.78, -74.00),
    Town("Salaberry-de-Valleyfield", 45.25, -74.13),
    Town("Sept-Îles", 50.20, -66.38, is_large=True),
    Town("Shawinigan", 46.56, -72.75),
    Town("Sherbrooke", 45.40, -71.89, is_large=True),
    Town("Sorel-Tracy", 46.04, -73.11),
    Town("Terrebonne", 45.70, -73.65),
    Town("Thetford Mines", 46.09, -71.30),
    Town("Trois-Rivières", 46.34, -72.54, is_large=True),
    Town("Val-d’Or", 48.10, -77.78),
    Town("Vaudreuil-Dorion", 45.40, -74.03),
    Town("Victoriaville", 46.06, -71.96),
)
