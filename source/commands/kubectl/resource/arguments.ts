import {groupResource, type Kind} from '../../../api/kind.js';
import {failure} from '../failure.js';
import type {Session} from '../session.js';
import {goneSince, remember} from './forgotten.js';

/** What a word such as `pods`, `deploy,svc` or `pod/web` asks for: all objects of a kind, or one of them. */
export interface Asked {
	readonly kind: Kind;
	readonly name?: string;
}

export interface ArgumentOptions {
	/** A type without a name means all of them (`get`, or with `--all`). */
	readonly allowEmpty: boolean;
	readonly selector?: string;
	readonly fieldSelector?: string;
	/** As a selector that every object meets (`delete --all`). */
	readonly all?: boolean;
	readonly allNamespaces?: boolean;
	/** Files were given too: no argument is needed. */
	readonly hasFiles?: boolean;
}

const missingResource =
	"You must provide one or more resources by argument or filename.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

/** Files say already what is meant. */
export function forbidArguments(args: readonly string[]): void {
	if (args.some(arg => arg.includes('/'))) throw failure('resource/name arguments cannot be provided when a path is specified');
	if (args.length > 0) throw failure('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
}

/** Models cli-runtime's resource.Builder.ResourceTypeOrNameArgs. `named`: each is wanted by name. */
export function readArguments(session: Session, words: readonly string[], options: ArgumentOptions): {asked: Asked[]; named: boolean} {
	const args = spread(words);
	const combined = areCombined(args);
	if (combined) {
		if (selects(options)) throw failure('selectors and the all flag cannot be used when passing resource/name arguments');
		const asked = args.map(splitPair).map(([type, name]) => ({kind: kindFor(session, type, name), name}));
		forbidAllNamespaces(options, asked);
		return {asked, named: true};
	}

	const [types, ...names] = args;
	if (types === undefined) {
		if (options.hasFiles) return {asked: [], named: false};
		if (selects(options)) throw failure('at least one resource must be specified to use a selector');
		throw failure(missingResource);
	}

	if (names.length > 0) {
		if (selects(options)) throw failure('name cannot be provided when a selector is specified');
		const members = membersOf(session, types);
		if (members.length > 1) throw failure('you must specify only one resource');
		const kind = kindFor(session, members[0] ?? types, names[0]);
		const asked = names.map(name => ({kind, name}));
		forbidAllNamespaces(options, asked);
		return {asked, named: true};
	}

	const kinds = [...new Set(typesOf(session, types).map(type => kindFor(session, type)))];
	if (!options.allowEmpty && !selects(options)) throw failure('resource(s) were provided, but no name was specified');
	return {asked: kinds.map(kind => ({kind})), named: false};
}

const selects = ({selector, fieldSelector, all}: ArgumentOptions): boolean => Boolean(selector || fieldSelector || all);

function forbidAllNamespaces({allNamespaces}: ArgumentOptions, asked: readonly Asked[]): void {
	if (allNamespaces && asked.some(({kind}) => kind.namespaced))
		throw failure('a resource cannot be retrieved by name across all namespaces');
}

/** `svc,deploy web` asks for `svc/web deploy/web`. */
function spread(words: readonly string[]): string[] {
	const types = words[0]?.split(',') ?? [];
	return words.length > 1 && types.length > 1
		? types.filter(Boolean).flatMap(type => words.slice(1).map(name => `${type}/${name}`))
		: [...words];
}

function areCombined(args: readonly string[]): boolean {
	const slashes = args.filter(arg => arg.includes('/')).length;
	if (slashes === 0) return false;
	if (slashes === args.length) return true;
	throw failure(
		"there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
	);
}

function splitPair(word: string): [type: string, name: string] {
	const parts = word.split('/');
	if (parts.length > 2) throw failure('arguments in resource/name form may not have more than one slash');
	const [type = '', name = ''] = parts;
	if (type === '' || name === '' || type.split(',').length !== 1)
		throw failure('arguments in resource/name form must have a single resource and name');
	return [type, name];
}

function typesOf(session: Session, list: string): string[] {
	return list.split(',').flatMap(type => {
		const members = membersOf(session, type);
		return members.length > 0 ? members : [type];
	});
}

/** Groups as discovery lists them; what `kubectl get all` and `api-resources` go by. */
export function kindsInOrder(session: Session): Kind[] {
	const kinds = session.api.kinds();
	const groups = [...new Set(kinds.map(kind => kind.group))];
	return kinds
		.map((kind, at) => ({kind, at}))
		.sort(
			(a, b) =>
				groups.indexOf(a.kind.group) - groups.indexOf(b.kind.group) ||
				(a.kind.plural < b.kind.plural ? -1 : a.kind.plural > b.kind.plural ? 1 : a.at - b.at),
		)
		.map(({kind}) => kind);
}

const membersOf = (session: Session, category: string): string[] =>
	session.api.kinds().some(kind => kind.categories?.includes(category))
		? [
				...new Set(
					kindsInOrder(session)
						.filter(kind => kind.categories?.includes(category))
						.map(({plural, group}) => (group ? `${plural}.${group}` : plural)),
				),
			]
		: [];

/** `hpa`, `deploy.apps`, `hpa.v1.autoscaling`: a short name leads to a resource, never to one version of it (restmapper/shortcut.go). */
function byShortName(session: Session, type: string): Kind | undefined {
	const [word = '', ...rest] = type.split('.');
	const sharing = session.api.kinds().filter(kind => kind.shortNames.includes(word));
	if (sharing.length === 0) return undefined;
	const inGroup = (group: string) => sharing.filter(kind => group === '' || kind.group === group);
	const ofVersion = rest.length > 1 ? inGroup(rest.slice(1).join('.')) : [];
	const group = rest.join('.');
	const exact = ofVersion.length > 0 ? ofVersion : inGroup(group);
	const found = exact[0] ?? sharing.find(kind => kind.group.startsWith(group));
	const others = new Set(exact.map(groupResource));
	if (found) others.delete(groupResource(found));
	for (const other of others) session.warn(`short name ${JSON.stringify(word)} could also match lower priority resource ${other}`);
	return found && session.api.findKind(groupResource(found));
}

/** `name`: of the one object that is asked for. */
export function kindFor(session: Session, type: string, name?: string): Kind {
	const kind = type === '' ? undefined : (byShortName(session, type) ?? session.api.findKind(type));
	if (!kind) throw goneSince(session, type, name) ?? failure(`the server doesn't have a resource type "${/^[^.]*/.exec(type)![0]}"`);
	remember(session, kind);
	return kind;
}
