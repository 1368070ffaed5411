import {checkEntry} from '../checks/entry.js';
import {flag, integer, list, object, optional, required, text} from '../checks/shape.js';
import {profiles} from '../cluster/profiles.js';
import {languages} from './lab.js';

const id = text('lower-case letters, digits and dashes', {
	pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
	patternHelp: 'made of lower-case letters, digits and dashes',
});
const translated = (help: string) =>
	object(help, Object.fromEntries(languages.map(language => [language, required(text(`${help} (${language})`))])));

const objective = object('an objective', {
	id: required(id),
	title: required(translated('what is to be reached, as a learner reads it')),
	points: required(integer('its weight', 1, 1000)),
	keep: optional(flag('true for what holds from the start and must not be broken: it earns points only beside another objective')),
	checks: required(list('checks that must all pass', checkEntry, 1)),
});

const placedFile = object('a file on a host', {
	on: required(text('host name')),
	path: required(text('absolute path', {pattern: /^\//, patternHelp: 'an absolute path such as /root/web.yaml'})),
	content: optional(text('its text', {maxLength: 100_000})),
	from: optional(text('a file of the lab folder to copy instead')),
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
	files: optional(list('files that lie on hosts', placedFile)),
	objectives: required(list('what is graded', objective, 1, 50)),
});
