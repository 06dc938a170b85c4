"""The demo's fictional members: farms around Montreal, buyers in its east, lenders.

Towns are real, farms and groups are not. Coordinates of farms are those of the
countryside around a town, in degrees.
"""

from dataclasses import dataclass

from config.demo.goods import Kind


@dataclass(frozen=True, slots=True)
class FarmIdea:
    """A farm: name, the countryside it lies in, what it grows."""

    name: str
    town: str
    lat: float
    lon: float
    kinds: tuple[Kind, ...]


FARMS = (
    FarmIdea(
        "Ferme des Quatre-Temps-Perdus", "Sherrington", 45.166, -73.522, ("vegetables",)
    ),
    FarmIdea(
        "Les Jardins de la Grève",
        "L’Assomption",
        45.842,
        -73.421,
        ("vegetables", "greens"),
    ),
    FarmIdea("Verger du Coteau-Rouge", "Rougemont", 45.437, -73.053, ("orchard",)),
    FarmIdea("Ferme Plume-et-Paille", "Saint-Esprit", 45.905, -73.667, ("eggs",)),
    FarmIdea(
        "Fromagerie du Rang-Double",
        "Saint-Charles-sur-Richelieu",
        45.689,
        -73.181,
        ("dairy",),
    ),
    FarmIdea("Élevage de la Côte-Nue", "Saint-Jude", 45.777, -72.987, ("meat",)),
    FarmIdea(
        "Minoterie du Vent-d’Est",
        "Saint-Roch-de-l’Achigan",
        45.857,
        -73.596,
        ("grains",),
    ),
    FarmIdea(
        "La Pousse tranquille", "Laval (Saint-François)", 45.689, -73.575, ("greens",)
    ),
    FarmIdea("Ferme Terre-Noire", "Saint-Rémi", 45.263, -73.615, ("vegetables",)),
    FarmIdea(
        "Verger des Trois-Saisons", "Saint-Joseph-du-Lac", 45.536, -74.001, ("orchard",)
    ),
    FarmIdea(
        "Le Pondoir solidaire", "Saint-Marc-sur-Richelieu", 45.683, -73.203, ("eggs",)
    ),
    FarmIdea("Ferme du Bois-Franc", "Joliette", 46.012, -73.452, ("meat", "grains")),
)

FARM_NAMES = (
    "Ferme du Ruisseau-Clair",
    "Les Jardins de Fabienne",
    "Ferme Aux Petits-Soins",
    "Potager du Septième-Rang",
    "Ferme La Bonne-Mesure",
    "Verger de la Butte",
    "Ferme Vent-debout",
    "Les Serres du Levant",
    "Ferme Coq-à-l’Âne",
    "Jardins du Grand-Détour",
    "Ferme Racines-Unies",
    "Bergerie du Fond-des-Bois",
    "Ferme La Clé-des-Champs-Doux",
    "Les Cultures de l’Anse",
    "Ferme Sous-le-Pommier",
    "Maraîchers du Chemin-Neuf",
    "Ferme Belle-Ombre",
    "Les Récoltes d’Octave",
    "Ferme du Pied-de-Vent",
    "Jardins Mille-Pattes",
    "Ferme Au-Temps-des-Foins",
    "La Ferme de Rosalie",
    "Les Grains du Plateau",
    "Ferme du Lièvre-Blanc",
    "Laiterie de la Montée",
    "Ferme Deux-Rives-d’Or",
    "Les Jardins Patience",
    "Ferme Cœur-de-Navet",
)
"""More farms for the size of a city; their land is drawn around the towns below."""

TOWNS = (
    ("Mirabel", 45.650, -74.083),
    ("Saint-Eustache", 45.565, -73.905),
    ("Terrebonne", 45.740, -73.650),
    ("Repentigny", 45.770, -73.450),
    ("Lavaltrie", 45.880, -73.280),
    ("Varennes", 45.650, -73.430),
    ("Verchères", 45.775, -73.355),
    ("Belœil", 45.568, -73.205),
    ("Saint-Hyacinthe", 45.630, -72.957),
    ("Marieville", 45.433, -73.165),
    ("Saint-Jean-sur-Richelieu", 45.307, -73.263),
    ("Napierville", 45.187, -73.404),
    ("Hemmingford", 45.050, -73.590),
    ("Mercier", 45.317, -73.750),
)

BUYERS = (
    ("Cuisine collective La Marmite du coin", "buyer_group"),
    ("Marché solidaire de la Pointe", "buyer_group"),
    ("CPE Les Petites Bottines", "institution"),
    ("École primaire des Lilas", "institution"),
    ("Carrefour alimentaire du Vieux-Bourg", "buyer_group"),
    ("Popote roulante du Levant", "buyer_group"),
    ("CHSLD des Tilleuls", "institution"),
    ("Maison des jeunes L’Escale", "buyer_group"),
    ("Épicerie communautaire Le Panier rond", "buyer_group"),
    ("Restaurant populaire La Table longue", "buyer_group"),
    ("CPE La Ribambelle", "institution"),
    ("Jardin-partage des Ormes", "buyer_group"),
    ("Centre de femmes La Passerelle", "buyer_group"),
    ("École secondaire du Fleuve", "institution"),
    ("Frigo libre du quartier", "buyer_group"),
    ("Coop d’habitation Les Voisins", "buyer_group"),
    ("Centre de jour Le Soleil", "institution"),
    ("Groupe d’achats Bonne-Bouffe", "buyer_group"),
    ("Halte-repas Saint-Amable", "buyer_group"),
    ("CPE Pomme-Cannelle", "institution"),
    ("Magasin-partage de l’Est", "buyer_group"),
    ("Résidence des Érables", "institution"),
    ("Dépannage alimentaire La Besace", "buyer_group"),
    ("Traiteur d’insertion Mijote", "buyer_group"),
)

LENDERS = (
    ("Transport La Besogne", "carrier"),
    ("Coop de camionnage Le Relais", "carrier"),
    ("Ferme et transport Gagné-Roy", "carrier"),
)
