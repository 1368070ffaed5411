import type {Machine} from '../node/host/machine.js';
import type {Check, Finding} from './check.js';
import {together} from './check.js';
import {patternText} from './pattern-text.js';
import {findPlaces, type Place, type Places, places} from './places.js';
import {flag, object, optional, required, text} from './shape.js';

interface Params {
	readonly on: Places;
	readonly path: string;
	readonly absent?: boolean;
	readonly contains?: string;
	readonly matches?: string;
}

/** A file that is there, or says something, on one or more machines. */
const check: Check<Params> = {
	name: 'file',
	params: object('a file on one or more machines', {
		on: required(places),
		path: required(text('absolute path', {pattern: /^\//, patternHelp: 'an absolute path such as /etc/hosts'})),
		absent: optional(flag('true when it must not exist')),
		contains: optional(text('text that stands in it')),
		matches: optional(text('regular expression (multi-line) that fits its content', {isPattern: true})),
	}),
	run: (params, {world}) => together(findPlaces(world, params.on).map(place => lookAt(place, params))),
};
export default check;

function lookAt({label, machine, prefix}: Place, params: Params): Finding {
	const {path} = params;
	const expected = params.absent ? `no file ${path}` : expectation(params);
	if (!machine)
		return {
			passed: false,
			found: `${label} is not there`,
			expected,
			look: `kubectl get ${label.startsWith('pod ') ? 'pods -A -o wide' : 'nodes'}`,
		};
	const content = read(machine, path);
	const look = `${prefix}${params.contains || params.matches ? 'cat' : 'ls -l'} ${path}`;
	if (content === undefined) return {passed: Boolean(params.absent), found: `${label}: ${path} does not exist`, expected, look};
	if (params.absent) return {passed: false, found: `${label}: ${path} exists`, expected, look};
	const passed = content.includes(params.contains ?? '') && (!params.matches || new RegExp(params.matches, 'm').test(content));
	return {passed, found: `${label}: ${path} ${content.trim() === '' ? 'is empty' : `begins with ${excerpt(content)}`}`, expected, look};
}

const excerpt = (content: string) => JSON.stringify(content.trim().replace(/\s+/g, ' ').slice(0, 60));

function expectation({path, contains, matches}: Params): string {
	if (contains) return `"${contains}" in ${path}`;
	return matches ? `${patternText(matches)} in ${path}` : `${path} to exist`;
}

function read({files}: Machine, path: string): string | undefined {
	if (!files.exists(path)) return undefined;
	return files.stat(path).type === 'file' ? files.readText(path) : '';
}
