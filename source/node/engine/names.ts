import type {Random} from '../../sim/random.js';

const words = (text: string) => text.split(' ');
const moods = words(
	'admiring adoring agitated amazing angry awesome bold boring brave busy charming clever compassionate condescending confident cool cranky crazy dazzling determined eager ecstatic elastic elated elegant eloquent epic exciting fervent festive flamboyant focused friendly frosty funny gallant gifted goofy gracious great happy hardcore heuristic hopeful hungry infallible inspiring intelligent interesting jolly jovial keen kind laughing loving lucid magical modest musing mystifying naughty nervous nice nifty nostalgic objective optimistic peaceful pedantic pensive practical priceless quirky quizzical relaxed reverent romantic sad serene sharp silly sleepy stoic strange stupefied suspicious sweet tender thirsty trusting unruffled upbeat vibrant vigilant vigorous wizardly wonderful xenodochial youthful zealous zen',
);
const people = words(
	'agnesi albattani allen archimedes babbage banach bardeen bell bhabha bohr boyd brown carson cerf chandrasekhar clarke curie darwin davinci dijkstra easley edison einstein engelbart euclid euler faraday fermat fermi feynman franklin galileo gates gauss goldberg golick goodall hamilton hawking heisenberg hodgkin hoover hopper hypatia jackson jennings joliot kalam keldysh keller kepler khorana kilby knuth kowalevski lalande lamarr lamport leakey lewin lichterman liskov lovelace lumiere mahavira mayer mccarthy mclean meitner mendel mestorf mirzakhani montalcini morse murdock neumann newton nobel noether northcutt panini pare pascal pasteur payne perlman pike poincare ptolemy raman ramanujan ride ritchie roentgen rosalind saha sammet shannon shaw shirley shockley sinoussi snyder spence stallman stonebraker swartz tesla thompson torvalds turing varahamihira villani visvesvaraya volhard wescoff wiles williams wilson wing wozniak wright yalow yonath',
);

/** `eloquent_turing`: what a container is called when nobody names it. */
export function randomName(random: Random, taken: (name: string) => boolean): string {
	for (;;) {
		const name = `${random.pick(moods)}_${random.pick(people)}`;
		if (!taken(name)) return name;
	}
}
