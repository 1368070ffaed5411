import {type Rule, slip} from './slip.js';

/** `apiVersion: v1` above a Deployment. */
const group: Rule = ({output}, world) => {
	const asked = /no matches for kind "([^"]+)" in version "[^"]*"/.exec(output)?.[1];
	const kind = asked && world.api.kinds().find(each => each.kind.toLowerCase() === asked.toLowerCase());
	return kind ? slip('slipGroup', {kind: kind.kind, version: kind.group ? `${kind.group}/${kind.version}` : kind.version}) : undefined;
};

const tab: Rule = ({output}) =>
	/found character that cannot start any token|found a tab character/.test(output) ? slip('slipTab') : undefined;

const indent: Rule = ({output}) => {
	const line = /yaml: line (\d+): (?:mapping values are not allowed|did not find expected|could not find expected)/.exec(output)?.[1];
	return line === undefined ? undefined : slip('slipIndent', {line});
};

/** `unknown field "spec.port"` */
const field: Rule = ({output}) => {
	const [, kind, path] =
		/(\w+) in version "[^"]*" cannot be handled as a \w+: strict decoding error: unknown field "([^"]+)"/.exec(output) ?? [];
	if (!kind || !path) return undefined;
	const parent = path
		.replaceAll(/\[\d+\]/g, '')
		.split('.')
		.slice(0, -1)
		.join('.');
	return slip('slipField', {field: path, kind: kind.toLowerCase(), parent: parent || 'metadata'});
};

export const manifestSlips: readonly Rule[] = [group, tab, indent, field];
