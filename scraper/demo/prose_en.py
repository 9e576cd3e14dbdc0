"""Sentences of our own for the demo's English articles; the newsroom puts them together.

A name in braces is filled in when an article is written. A pool is large enough that two articles have
little in common.
"""

PLACES = (
    "Beijing", "Shanghai", "Hangzhou", "Shenzhen", "Guiyang", "Fuzhou", "Wuzhen", "Chengdu", "Xi'an", "Lhasa",
    "Chongqing", "Nanjing", "Singapore", "Kuala Lumpur", "Jakarta", "Bangkok", "Astana", "Dubai", "Geneva",
    "Barcelona", "Nairobi", "Kigali", "Brasilia", "Santiago", "Hanoi", "Tashkent", "Riyadh", "Cape Town",
)  # fmt: skip
THEMES = (
    "digital infrastructure for mountain regions", "trusted data spaces", "green computing power",
    "digital skills for small firms", "smart ports", "open source software", "the low-altitude economy",
    "data as a factor of production", "AI for public services", "digital payments across borders",
    "industrial internet platforms", "safe and inclusive connectivity", "e-commerce for farmers",
    "digital twins of cities", "the governance of algorithms", "satellite internet", "digital health records",
    "computing networks between east and west", "cross-border data flows", "digital trade rules",
)  # fmt: skip
SECTORS = (
    "logistics", "textiles", "mining", "fisheries", "car parts", "tea growing", "shipbuilding", "ceramics",
    "pharmacy", "construction", "furniture", "steel", "solar panels", "railways", "insurance", "food processing",
)  # fmt: skip
ROLES = (
    "a vice mayor of the city", "an official of the data bureau", "the head of the organising committee",
    "a professor at a local university", "a delegate from a regional bank", "an engineer of a cloud company",
    "a researcher of the telecoms academy", "the secretary of an industry association", "a port manager",
    "a legal adviser to the ministry", "the founder of a software firm", "a senior economist",
)  # fmt: skip

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

EVENT_NAMES = (
    "Global Digital Economy Conference", "Digital China Summit", "World Internet Conference",
    "China International Big Data Industry Expo", "Global Digital Trade Expo",
    "World Artificial Intelligence Conference", "WSIS Forum", "GITEX Global",
    "Smart City Expo World Congress", "World 5G Convention", "Digital Economy Ministers' Meeting",
    "Cross-Border Data Forum", "Digital Silk Road Forum", "Industrial Internet Conference",
    "E-commerce and Digital Trade Summit", "Open Data Expo", "Fintech Policy Forum",
    "Digital Government Summit", "AI Governance Conference", "Digital Skills Forum",
)  # fmt: skip
EVENT_TITLES = (
    "{event} {year} opens in {city}",
    "{city} to host {event} {year} on {theme}",
    "{event} {year} in {city} closes with {n} agreements signed",
    "White paper on {theme} released at {event} {year}",
    "{event} {year}: {city} launches action plan for {theme}",
    "Delegates at {event} {year} call for rules on {theme}",
    "{n} exhibitors gather in {city} for {event} {year}",
)
EVENT_LEADS = (
    "The {event} {year} opened in {city} on {weekday} with {theme} as its main subject.",
    "{city} has begun to receive guests for the {event} {year}, a conference that puts {theme} first.",
    "The {event} {year} came to an end in {city} on {weekday}, after three days of talks on {theme}.",
    "A white paper on {theme} was released on {weekday} at the {event} {year} in {city}.",
    "Government, business and research met in {city} on {weekday}, when the {event} {year} was opened.",
    "An action plan for the digital economy was launched on {weekday} at the {event} {year} in {city}.",
)
EVENT_BODY = (
    "Organisers counted {n} registered guests from {n2} countries and regions on the first morning.",
    "One main forum and {n3} side sessions stand on the programme until the end of the week.",
    "In the exhibition hall, {n} companies show what they have built for {sector} and {sector2}.",
    "The digital economy made up {pct} percent of the region's output last year, according to {role}.",
    '"We came here to compare notes, and we leave with a list of work," {role} said after the first session.',
    "A memorandum on {theme2} was signed by {n3} cities before the lunch break.",
    "Speakers asked how cross-border data can move without giving up the protection of private persons.",
    "A panel on AI looked at models that are small enough to run in a workshop for {sector}.",
    "The hosts presented a computing centre that runs on hydropower and serves {n} customers already.",
    "{role_cap} told the audience that broadband now reaches {pct} percent of the villages in the area.",
    "Several agreements concern {sector}, where orders are still written down by hand in many places.",
    "The organisers published an index that ranks {n2} cities by the quality of their online services.",
    "Start-ups from {city2} showed sensors that warn of landslides and send their readings by satellite.",
    "Projects worth {money} billion yuan were announced, most of them in cloud services and in {sector2}.",
    "A training scheme for {n} teachers begins in autumn, with courses in the languages of the region.",
    "Young developers spent the night on a contest whose task was a translation tool for street markets.",
    "For visitors from {city2}, a shuttle bus connected the railway station with the three venues.",
    "The ministers agreed to meet again next year and to exchange a list of contact points by spring.",
    "Data exchanges from four provinces explained how they price a set of records and who is liable for it.",
    "A joint laboratory for {theme2} was unveiled by two universities and a maker of network equipment.",
    "Critics said that {theme} needs clearer rules before public money is spent on it.",
    "The draft rules that were discussed would give firms {n3} months to label content made by AI.",
    "Farmers from two counties sold {sector} products live on screen, with an audience of {n} thousand.",
    "In the closing session, {role} read out a statement in which the participants promise open standards.",
    "The venue itself is a show: its lifts, lights and doors are controlled by a model of the building.",
    "{role_cap} called the meeting a bridge, and pointed to {n3} years of work with partners in {city2}.",
    "A report on {theme2} that was handed out at the entrance counts {n} million new users since spring.",
    "The next edition will take place in {city2}, as the committee announced to applause.",
    "On the second day, buyers from {n3} countries are to meet suppliers in more than {n2} short talks.",
    "Translation booths offered {n3} languages, and for the first time a subtitle service was run by AI.",
    "The city's own platform for data lists {n} sets that anybody may use, from bus stops to rainfall.",
    "Observers from the United Nations praised that {theme} was treated together with questions of energy.",
    "Insurers and banks signed up for a test in which invoices in {sector} are checked by a shared ledger.",
    "Among the guests were students who had won a place with essays about {theme2}.",
    "The share of online retail in {city} rose to {pct} percent, a chart in the main hall showed.",
    "For small firms, the package means lower fees and a help desk that answers within {n3} hours.",
    "{role_cap} said that the talks about digital trade had been franker than those of the year before.",
    "A demonstration line assembled lamps with robots whose settings came from a server in {city2}.",
    "The programme ended with a tour of the new fibre ring that links {n2} schools and clinics.",
    "Reporters were shown a map on which each dot stood for one of {n} base stations in the valley.",
)
TOPIC_TITLES = (
    "How {sector} firms in {city} learned to use cloud software",
    "Why {theme} is harder than it looks",
    "Five questions about {theme}",
    "{city}'s software makers report slower growth in {month}",
    "Explainer: what {theme} means for {sector}",
    "Digital economy takes up {pct} percent of output in {city}, figures show",
)
TOPIC_LEADS = (
    "For ten years, {sector} firms around {city} kept their orders in notebooks; now a server does it.",
    "Few words are used as freely as {theme}, and few are as rarely explained.",
    "Sales of software in {city} grew by {pct} percent in {month}, less than in the month before.",
    "Whoever asks what {theme} costs gets many answers, and most of them leave out the training.",
    "The digital economy accounts for {pct} percent of the output of {city}, new figures show.",
)
TOPIC_BODY = (
    "A typical workshop has {n2} employees, and one of them looks after the computers besides his own work.",
    "The first invoice for cloud storage came as a surprise to many owners, {role} recalls.",
    "Economists distinguish between what is made digitally and what is merely sold that way.",
    "Cross-border data is a term of law as much as of engineering, and the two do not always agree.",
    "Electricity is the largest item on the bill, followed by the rent for the racks.",
    "In surveys, {pct} percent of the owners say they would not go back to paper.",
    "AI helps where many similar cases have to be sorted, and fails where each case is a new one.",
    "A good data catalogue, {role} says, is like a library: it needs somebody who throws things away.",
    "The price of a gigabyte has fallen for years, but the price of an hour of advice has not.",
    "Most breakdowns have simple causes, such as a digger in the street or a forgotten password.",
    "Apprentices learn the new machines faster than the masters, which turns the day upside down.",
    "What is measured differs from city to city, so that tables of figures can rarely be compared.",
    "Without a common format, a bill of lading has to be typed in {n3} times on its way.",
    "The statisticians count jobs in {sector} only when more than half of the work is done on a screen.",
    "Small suppliers fear that the platforms know their customers better than they do themselves.",
    "Older programs run on, because nobody dares to touch them as long as they print the payroll.",
    "A rule of thumb says that a third of the money goes into cleaning up old records.",
    "In {sector}, sensors have cut the waste by {pct} percent, according to the makers of the sensors.",
    "Many terms come from warehouses: lakes, pipelines and silos are words that people can picture.",
    "Standards are written by those who have the time, and that is rarely the smallest firms.",
    "The lesson from {city2} is that training must come first and equipment second.",
    "Rural shops use the same payment codes as department stores, but with a much slower connection.",
    "Backups are made every night, and tested, as {role} admits, hardly ever.",
    "Compared with the year before, spending on servers rose while spending on furniture fell.",
    "Where two systems meet, there is usually a person with a spreadsheet.",
)
OTHER_TITLES = (
    "{city} film festival opens with a comedy about a lighthouse",
    "Tourism fair in {city} draws {n} visitors",
    "Doctors meet in {city} for congress on heart surgery",
    "Energy forum in {city} ends with a pledge on hydropower",
    "Tea expo in {city} honours growers from {n3} counties",
    "Marathon of {city} moves to the autumn after runners' assembly",
)
OTHER_LEADS = (
    "The film festival of {city} opened on {weekday} with red carpets, rain and a full house.",
    "The tourism fair in {city} closed its doors on {weekday} after a record number of guests.",
    "Some {n} doctors met in {city} on {weekday} for their yearly congress on the human heart.",
    "The energy forum in {city} ended on {weekday} with a pledge to repair old dams.",
    "Growers from the hills brought their best leaves to the tea expo that opened in {city} on {weekday}.",
)
OTHER_BODY = (
    "The jury has {n3} members, among them two actors and a composer.",
    "Hotels in the old town were booked out weeks ahead, the chamber of commerce said.",
    "A brass band played when the doors were opened, and children handed out paper flowers.",
    "In the great hall, travel agents praised walks through bamboo forests and nights in mountain huts.",
    "One session was about valves that are put in without opening the chest.",
    "Turbines from the fifties will be replaced within {n3} years, the engineers promised.",
    "Tasters judge colour, scent and the way a leaf unfolds in the cup.",
    "The mayor thanked {n} volunteers who had shown visitors the way in the rain.",
    "Next year's guest region will be the coast, with its boats, its nets and its songs.",
    "A retrospective shows films about rivers, from silent reels to last winter's documentary.",
    "The nurses asked for longer breaks, and received applause from the surgeons in the first row.",
    "Prices for the best harvest rose by {pct} percent, which pleased the sellers only.",
    "On the square, cooks prepared a soup for {n2} tables in a pot the size of a cart.",
    "The delegates visited a reservoir that supplies the gardens of {city2}.",
    "Two prizes went to first works, one of them shot in a village without a road.",
    "At the stand of the national parks, a ranger explained how to walk past a sleeping yak.",
    "Patients told how they learned to climb stairs again, slowly and with company.",
    "The closing dinner was moved indoors because of a storm that came down from the hills.",
    "Old varieties found more friends than new ones, a survey at the exit showed.",
    "Runners want the race in October, when the air is cool and the leaves are red.",
)
OFF_TITLES = (
    "Late goal gives {city} a draw at home",
    "Cold front brings snow to the hills around {city}",
    "{city} museum restores a clock from the eighteenth century",
    "Apple growers near {city} expect a good harvest",
    "Lost panda cub of {city} zoo found asleep in a basket",
    "Recipe: noodles with mushrooms the way {city} cooks them",
)
OFF_LEADS = (
    "A header in the last minute saved a point for the home side in {city} on {weekday}.",
    "Snow fell on the hills around {city} on {weekday}, earlier than in the last {n3} years.",
    "After {n3} years in a workshop, the old clock of the museum in {city} strikes the hours again.",
    "Branches bend under the fruit in the orchards near {city}, and pickers are hard to find.",
    "Keepers searched the whole {weekday} until the cub turned up where nobody had looked.",
)
OFF_BODY = (
    "The goalkeeper had kept his side in the match until then with {n3} saves.",
    "Drivers were told to put on chains before they take the pass.",
    "Its gears are made of brass, and one of them has {n2} teeth.",
    "Frost in April had done less damage than the growers feared.",
    "The mother took the little one back without a sound and went on chewing.",
    "Wash the mushrooms only briefly, or they soak up the water and lose their taste.",
    "The coach praised the second half and kept silent about the first.",
    "Schools in two valleys stayed closed, to the delight of those who own a sledge.",
    "The restorer found a note of a colleague from 1911 behind the dial.",
    "A crate brings {n2} yuan at the market, a little more than a year ago.",
    "Visitors can see the family from the bridge in the morning hours.",
    "Cut the spring onions last, and save the green part for the plate.",
    "A corner kick in added time was headed on twice before it crossed the line.",
    "Meteorologists expect sunshine again by the weekend, with frost at night.",
    "Children may turn the crank under supervision on Sunday afternoons.",
    "The red sort keeps until spring if it lies dark and not too dry.",
    "He weighs {n2} kilograms by now and climbs better than his sister.",
    "Serve at once, with vinegar on the table and tea beside it.",
    "Next week the team travels to {city2}, where it has not won for a long time.",
    "The road to the monastery was cleared around noon with two ploughs.",
)
# A thing, what becomes of it, and why: any of the first goes with any of the second and the third.
DIGITAL = (
    (
        "The data exchange", "The cloud platform", "The computing hub", "The fibre ring",
        "The payment system", "The open register", "The skills course", "The test field",
        "The trade desk", "The cable landing", "The digital twin", "The help line",
        "The sensor network", "The start-up fund", "The code library", "The customs portal",
        "The farm app", "The language model", "The scanned library", "The bus card",
        "The health file", "The map service", "The ticket gate", "The power meter",
    ),
    (
        "will serve {n} firms", "needs {n3} more months", "has cut costs by {pct} percent",
        "opens to {n2} towns", "was tested in {city2}", "runs on solar power",
        "must become simpler", "draws {n} users a day", "is free for schools", "links {n3} ports",
        "replaces {n2} forms", "waits for a licence", "found a new owner", "pays for itself",
        "speaks {n3} languages", "broke down only once", "began as a student project",
        "will move to {city2}", "uses old telephone lines", "has {n2} partners by now",
        "survived the spring floods", "costs less than planned", "answers within {n3} minutes",
        "earned praise abroad",
    ),
    (
        "because the rules are clear", "although the winter was hard",
        "since the ministry gave its consent", "when the new line is ready",
        "as soon as spring comes", "without any help from outside", "thanks to {n2} volunteers",
        "despite a shortage of chips", "if the council agrees", "once the contracts are signed",
        "after a year of trials", "while others are still planning",
        "so that nobody is left behind", "according to the latest audit",
        "as the visitors could see", "and the neighbours want one too",
        "which surprised even its makers", "as {role} had promised", "whatever the critics may say",
        "to the relief of the shopkeepers", "with a little luck", "for the third year running",
        "as a chart made plain", "by order of the mayor",
    ),
)  # fmt: skip
PLAIN = (
    (
        "The old tram", "The bakery", "The brass band", "The ferry", "The clock tower",
        "The orchard", "The choir", "The fire brigade", "The kitchen garden", "The stone bridge",
        "The school play", "The night market", "The chess club", "The puppet theatre",
        "The reading room", "The boathouse", "The mountain hut", "The flower show",
        "The horse track", "The village well",
    ),
    (
        "will reopen in spring", "needs {n3} more weeks", "was painted green",
        "welcomes {n} guests a day", "moves to {city2}", "lost its roof", "won a prize",
        "has {n2} members", "turns a hundred this year", "closed for repairs", "sold out early",
        "found a new cook", "waits for snow", "gave its last show", "kept its old name",
        "rang all night", "smells of cedar", "draws crowds again", "survived the storm",
        "begins at dawn",
    ),
    (
        "because the river was low", "although nobody had asked for it",
        "since the painters went home", "when the cherries are ripe", "as soon as the fog lifts",
        "without a single rehearsal", "thanks to {n2} neighbours", "despite the rain",
        "if the weather holds", "once the paint is dry", "after a long winter",
        "while the children slept", "so that all could see", "according to an old custom",
        "as the ringers could hear", "and the dogs barked too", "which pleased the gardeners",
        "as grandmothers had foretold", "whatever the season may bring",
        "to the joy of the sparrows",
    ),
)  # fmt: skip
BETWEEN, END = " ", "."

OWN = {
    "event": (EVENT_TITLES, EVENT_LEADS, EVENT_BODY, DIGITAL),
    "topic": (TOPIC_TITLES, TOPIC_LEADS, TOPIC_BODY, DIGITAL),
    "other_event": (OTHER_TITLES, OTHER_LEADS, OTHER_BODY, PLAIN),
    "off": (OFF_TITLES, OFF_LEADS, OFF_BODY, PLAIN),
}
