import type {Machine} from '../node/host/machine.js';
import {BoundedRegExp} from '../regex/bounded.js';
import type {Check, Finding} from './check.js';
import {together} from './check.js';
import {beginning, nearestLine} from './excerpt.js';
import {wantedInText} from './pattern-text.js';
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
	run: (params, {world, title}) => together(findPlaces(world, params.on).map(place => lookAt(place, params, title))),
};
export default check;

function lookAt({label, machine, prefix}: Place, params: Params, title: string | undefined): Finding {
	const {path} = params;
	const expected = params.absent ? `no file ${path}` : expectation(params, title);
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
	const passed = content.includes(params.contains ?? '') && (!params.matches || new BoundedRegExp(params.matches, 'm').test(content));
	return {passed, found: `${label}: ${path} ${contentText(content, params)}`, expected, look};
}

function contentText(content: string, params: Params): string {
	if (content.trim() === '') return 'is empty';
	const near = nearestLine(content, params);
	return near ? `has the line ${near}` : `begins with ${beginning(content)}`;
}

function expectation(params: Params, title: string | undefined): string {
	const said = wantedInText(params, title);
	return said ? `${said} in ${params.path}` : `${params.path} to exist`;
}

function read({files}: Machine, path: string): string | undefined {
	if (!files.exists(path)) return undefined;
	return files.stat(path).type === 'file' ? files.readText(path) : '';
}
