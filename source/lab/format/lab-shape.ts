import {checkEntry} from '../../checks/entry.js';
import {choice, flag, integer, list, map, object, optional, required, text} from '../../checks/shape.js';
import {profiles} from '../../cluster/profiles.js';
import {languages} from '../lab.js';

const id = text('lower-case letters, digits and dashes', {
	pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
	patternHelp: 'made of lower-case letters, digits and dashes',
});
const translated = (help: string) =>
	object(
		help,
		Object.fromEntries(
			languages.map(language => [
				language,
				required(text(`${help} (${language})`, {pattern: /\S/, patternHelp: 'a text; both languages say something'})),
			]),
		),
	);

const when = optional(text('the fault or task it belongs to; there only where that was drawn'));

const hint = object('a hint; they are opened in order', {
	text: required(translated('what a learner is told')),
	cost: optional(integer('points of the objective that it costs; 0 when absent', 0, 1000)),
});

const variable = choice('what is drawn', () => ({
	pick: optional(list('one of these', text('a value'), 2)),
	number: optional(object('a whole number', {min: required(integer('the least', 0)), max: required(integer('the most', 0))})),
	address: optional(
		text('an address of a range', {
			pattern: /^(\d+\.){3}\d+-(\d+\.){3}\d+$/,
			patternHelp: 'a range such as 172.25.254.60-172.25.254.69',
		}),
	),
}));

export const variablesShape = map('values drawn from the seed, each written as its name in ${...} where it stands', variable);

const objective = object('an objective', {
	id: required(id),
	when,
	hints: optional(list('hints, the vague ones first', hint, 1, 5)),
	title: required(translated('what is to be reached, as a learner reads it')),
	points: required(integer('its weight', 1, 1000)),
	keep: optional(flag('true for what holds from the start and must not be broken: it earns points only beside another objective')),
	checks: required(list('checks that must all pass', checkEntry, 1)),
});

const placedFile = object('a file on a host', {
	on: required(text('host name')),
	path: required(
		text('absolute path', {pattern: /^\/(?!(.*\/)?\.\.(\/|$))/, patternHelp: 'an absolute path such as /root/web.yaml, without ".."'}),
	),
	content: optional(text('its text', {maxLength: 100_000})),
	from: optional(text('a file of the lab folder to copy instead')),
	edit: optional(
		object('a change of a file that is there', {
			find: required(text('what stands there')),
			with: required(text('what shall stand there')),
		}),
	),
	when,
	mode: optional(text('octal mode', {pattern: /^0?[0-7]{3}$/, patternHelp: 'an octal mode such as "755"'})),
});

/** lab.yaml. The validation, its messages and the published JSON Schema all come from here. */
export const labShape = object('a lab', {
	id: required(id),
	title: required(translated('title')),
	summary: required(translated('one sentence: what is learnt')),
	level: required(text('how hard', {oneOf: ['beginner', 'intermediate', 'advanced']})),
	minutes: required(integer('how long it takes', 1, 240)),
	source: optional(text('the document it follows')),
	prerequisites: optional(list('ids of labs to do first', id)),
	cluster: optional(text('profile of the cluster it starts from; base when absent', {oneOf: profiles.map(profile => profile.name)})),
	variables: optional(variablesShape),
	faults: optional(list('one of them is drawn from the seed', id, 2, 50)),
	exam: optional(
		object('tasks drawn from the seed; no hints', {
			tasks: required(list('ids of the tasks', id, 2, 50)),
			take: required(integer('how many are drawn', 1, 50)),
		}),
	),
	minutesMax: optional(integer('virtual minutes after which nothing counts any more', 1, 600)),
	checkpoints: optional(
		list(
			'states to begin from, each a line "# checkpoint: ID" in solution.sh',
			object('a checkpoint', {id: required(id), title: required(translated('what is reached there'))}),
			1,
			20,
		),
	),
	files: optional(list('files that lie on hosts', placedFile)),
	objectives: required(list('what is graded', objective, 1, 50)),
});
