import test from 'ava';
import {checkEntry} from '../../source/checks/entry.js';
import {integer, list, object, optional, required, text} from '../../source/checks/shape.js';
import {validate} from '../../source/checks/validate.js';

const shape = object('a thing', {
	name: required(text('its name')),
	count: optional(integer('how many', 1, 9)),
	tags: optional(list('tags', text('a tag'), 1)),
});
const said = (value: unknown) => validate(value, shape).map(({path, message}) => `${path.join('.')}: ${message}`);

test('a valid value has no mistakes', t => {
	t.deepEqual(said({name: 'x', count: 3, tags: ['a']}), []);
});

test('every mistake is told, each with its place and the way out', t => {
	t.deepEqual(said({nmae: 'x', count: 12, tags: 'a'}), [
		'nmae: there is no key "nmae" here (did you mean "name"?); known: name, count, tags',
		'count: 12 is too large; the most is 9',
		'tags: expected a list (tags), found "a"; begin each entry with "- "',
	]);
});

test('a number where text belongs is told to be put in quotes', t => {
	t.deepEqual(said({name: 5}), ['name: expected text (its name), found 5; put it in quotes']);
});

test('checks nest, and only one may stand in an entry', t => {
	t.deepEqual(validate({any: [{file: {on: 'nodes', path: '/etc/hosts'}}, {not: {event: {reason: 'Killing'}}}]}, checkEntry), []);
	const [mistake] = validate({file: {on: 'nodes', path: '/x'}, event: {}}, checkEntry);
	t.regex(mistake!.message, /only one of "file", "event"/);
	t.regex(validate({flie: {}}, checkEntry)[0]!.message, /did you mean "file"/);
});
