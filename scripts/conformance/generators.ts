import {equal} from '../../source/api/values/plain.js';
import {type Cluster, createCluster} from '../../source/cluster/cluster.js';
import {parseDocuments} from '../../source/api/values/go-yaml.js';
import {runKubectl} from '../../test/helpers/run-kubectl.js';
import {type Line, type Result, tally} from './case.js';

const folder = '/tmp/generators';

/** What `kubectl create`, `run`, `expose`, `set` and their like print without sending anything. */
export function run(lines: readonly Line[]): Result {
	const cluster = createCluster({profile: 'empty'});
	const fresh = cluster.snapshot();
	return tally(lines, ({given, expected}) => {
		cluster.restore(fresh);
		prepare(cluster, given);
		const {stdout, stderr, exitCode} = runKubectl(cluster, given.command, {cwd: folder});
		if (exitCode !== expected.exitCode) return `exit ${exitCode} ${stderr}`;
		if (expected.stderr !== undefined && stderr !== expected.stderr) return `stderr ${stderr}`;
		if (expected.stdout !== undefined && stdout !== expected.stdout) return `stdout ${stdout}`;
		if (expected.objects === undefined) return true;
		return equal(objectsIn(stdout), expected.objects) || `objects ${JSON.stringify(objectsIn(stdout))}`;
	});
}

/** The server has these objects as they are, whatever it would have made of them. */
function prepare(cluster: Cluster, given: any): void {
	const {files} = cluster.hosts()[0]!;
	files.makeFolder(folder, {recursive: true});
	for (const [name, text] of Object.entries(given.files ?? {})) files.write(`${folder}/${name}`, text as string);
	const client = cluster.api.client({name: 'kubernetes-admin', groups: ['system:masters']});
	for (const object of given.serverObjects ?? []) {
		const {status: _, ...rest} = object;
		const {uid: __, resourceVersion: ___, ...metadata} = rest.metadata;
		client.create({...rest, metadata: {namespace: 'default', ...metadata}});
	}
}

/** JSON values one after the other. */
function objectsIn(text: string): unknown[] {
	return text
		.split(/(?<=^\})\n/m)
		.map(part => part.slice(Math.max(0, part.search(/^\{$/m))))
		.filter(part => part.trim() !== '')
		.flatMap(part => parseDocuments(part));
}
