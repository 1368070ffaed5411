import {nearest} from '../../checks/nearest.js';
import {storedName} from '../panels/objects.js';
import type {Rule} from './slip.js';

/** `kubectl get pod -n kubesystem`: the API has no objection, there is just nothing there. */
const namespace: Rule = ({line}, world) => {
	// Not the `-n` of a command behind it: `kubectl logs web | tail -n 8`, `kubectl exec web -- head -n 1 f`.
	const [own = ''] = /\bkubectl\b(?:(?! -- )[^|;&])*/.exec(line) ?? [];
	const asked = /\s(?:-n|--namespace)[= ]?([\w.-]+)/.exec(own)?.[1];
	if (asked === undefined || world.api.reader.find('namespaces', undefined, asked)) return undefined;
	if (/\bcreate\s+(?:ns|namespace)\b|\bapply\b/.test(line)) return undefined;
	const all = world.api.reader.list('namespaces').map(each => each.metadata.name);
	const meant = nearest(asked, all);
	return meant ? {word: 'slipMeant', values: {typed: asked, meant}} : {word: 'slipNamespace', values: {typed: asked}};
};

/** Nothing here, but elsewhere. */
const otherNamespace: Rule = ({output, line}, world) => {
	const [, where] = /^No resources found in (\S+) namespace\.$/m.exec(output) ?? [];
	if (where === undefined) return undefined;
	const [, word = ''] = /\bget\s+([a-z.]+)/.exec(line) ?? [];
	const kind = world.api.findKind(word);
	const elsewhere = kind && world.api.reader.list(storedName(kind))[0]?.metadata.namespace;
	return elsewhere ? {word: 'slipElsewhere', values: {kind: kind.plural, where: elsewhere}} : undefined;
};

const command: Rule = ({output, commands}) => {
	const asked = /^-?(?:bash|sh): (?:line \d+: )?([^\s:]+): command not found$/m.exec(output)?.[1];
	if (asked === undefined) return undefined;
	if (asked === 'ipvsadm') return {word: 'slipInstall', values: {what: 'ipvsadm'}};
	const meant = nearest(asked, commands);
	return meant && meant !== asked ? {word: 'slipMeant', values: {typed: asked, meant}} : undefined;
};

const resource: Rule = ({output}, world) => {
	const asked = /the server doesn't have a resource type "([^"]+)"/.exec(output)?.[1];
	const meant =
		asked &&
		nearest(
			asked,
			world.api.kinds().flatMap(kind => [kind.plural, kind.singular, ...kind.shortNames]),
		);
	return meant ? {word: 'slipMeant', values: {typed: asked, meant}} : undefined;
};

const objectName: Rule = ({output}, world) => {
	const [, plural, asked] = /\(NotFound\): (\S+) "([^"]+)" not found/.exec(output) ?? [];
	const kind = plural === undefined ? undefined : world.api.findKind(plural);
	if (!kind || asked === undefined) return undefined;
	const objects = world.api.reader.list(storedName(kind));
	const meant = nearest(
		asked,
		objects.map(each => each.metadata.name),
	);
	if (meant === asked) {
		const where = objects.find(each => each.metadata.name === asked)?.metadata.namespace;
		return where ? {word: 'slipElsewhere', values: {kind: `${plural} ${asked}`, where}} : undefined;
	}
	if (meant) return {word: 'slipMeant', values: {typed: asked, meant}};
	// `kubectl logs kube-proxy`: what a controller made has more behind its name.
	const whole = objects.find(({metadata}) => metadata.name.startsWith(`${asked}-`))?.metadata;
	return whole ? {word: 'slipWhole', values: {name: whole.name, where: whole.namespace ?? 'default'}} : undefined;
};

const noConfig: Rule = ({output}) =>
	/localhost:8080 was refused|dial tcp \S*:8080: connect: connection refused/.test(output) ? {word: 'slipNoConfig', values: {}} : undefined;

/** What was named is not there. */
export const names: readonly Rule[] = [command, namespace, resource, objectName, otherNamespace, noConfig];
