import {nearest} from '../../checks/nearest.js';
import {storedName} from '../panels/objects.js';
import {type Rule, slip} from './slip.js';

const file: Rule = ({line, output}) => {
	const [, before, name] = /^(\s*kubectl\s+(?:apply|create|delete|replace)(?:\s+-n\s+\S+)?)\s+(\S+\.(?:ya?ml|json))\b/.exec(line) ?? [];
	return name && /^error/im.test(output) ? slip('slipFile', {line: `${before!.trim()} -f ${name}`}) : undefined;
};

/** `kubectl pods` */
const verb: Rule = ({output}, world) => {
	const asked = /unknown command "([^"]+)" for "kubectl"/.exec(output)?.[1];
	return asked && world.api.findKind(asked) ? slip('slipVerb', {kind: asked}) : undefined;
};

const dashes: Rule = ({line, output}) => {
	if (!/exec \[POD\] \[COMMAND\] is not supported/.test(output)) return undefined;
	const [, before, command] = /^(\s*kubectl\b.*?\bexec\s+(?:-\S+\s+)*\S+)\s+(.+)$/.exec(line) ?? [];
	return command ? slip('slipDashes', {line: `${before!.trim()} -- ${command}`}) : undefined;
};

const image: Rule = ({output}) => (/required flag\(s\) "image" not set/.test(output) ? slip('slipImage') : undefined);

const runReplicas: Rule = ({line, output}) =>
	/\bkubectl\s+run\b/.test(line) && /unknown flag: --replicas/.test(output)
		? slip('slipRun', {n: /--replicas[= ](\d+)/.exec(line)?.[1] ?? '2'})
		: undefined;

const flags = ['all-namespaces', 'namespace', 'output', 'selector', 'image', 'port', 'target-port', 'replicas', 'type', 'name', 'labels']
	.concat(['show-labels', 'dry-run', 'watch', 'filename', 'container', 'follow', 'previous', 'overwrite', 'force', 'grace-period', 'rm'])
	.concat(['cluster-ip', 'external-ip', 'restart', 'command', 'stdin', 'tty', 'timeout', 'for', 'from-literal', 'from-file', 'tcp']);

const flag: Rule = ({line, output}) => {
	const asked = /\bkubectl\b/.test(line) ? /unknown flag: --([\w-]+)/.exec(output)?.[1] : undefined;
	const meant = asked && nearest(asked, flags);
	return meant && meant !== asked ? slip('slipFlag', {typed: `--${asked}`, meant: `--${meant}`}) : undefined;
};

/** `kubectl scale web --replicas=3`: the name of an object where its kind should stand. */
const kindless: Rule = ({output}, world) => {
	const name = /the server doesn't have a resource type "([^"]+)"/.exec(output)?.[1];
	const kind = ['deployments.apps', 'services', 'pods', 'daemonsets.apps', 'nodes'].find(
		kind => name && world.api.reader.list(kind).some(object => object.metadata.name === name),
	);
	return kind ? slip('slipKind', {kind: world.api.findKind(kind)?.singular, name}) : undefined;
};

/** A deleted pod whose owner starts another one: it surprises everybody once. Of a DaemonSet it is how one restarts a daemon. */
const reborn: Rule = ({output}, world) => {
	const pod = /^pod "([^"]+)" (?:force )?deleted/m.exec(output)?.[1];
	for (const kind of pod ? ['replicasets.apps', 'statefulsets.apps'] : []) {
		const found = world.api.reader.list(kind).find(({metadata}) => pod!.startsWith(`${metadata.name}-`));
		const owner = found?.metadata.ownerReferences?.[0];
		if (owner) return slip('slipReborn', {kind: owner.kind, owner: owner.name});
		const own = found && world.api.kinds().find(each => storedName(each) === kind);
		if (own) return slip('slipReborn', {kind: own.kind, owner: found.metadata.name});
	}
	return undefined;
};

export const kubectlSlips: readonly Rule[] = [file, verb, dashes, image, runReplicas, flag, kindless, reborn];
