import type {Image} from '../../node/image/image.js';
import type {Program, ProgramContext} from '../../node/program/program.js';
import {parseHttpRequest} from '../http/answer.js';
import {fromWire} from '../http/bytes.js';
import {tagsOf} from '../base/tags.js';
import {busyboxTools, mirrors} from '../base/tools.js';
import {refusal} from './answer.js';
import {distribution, routeOf} from './distribution.js';
import {createStorage} from './storage.js';

const portOf = ({env}: ProgramContext) => Number(/:(\d+)$/.exec(env['REGISTRY_HTTP_ADDR'] ?? '')?.[1] ?? 5000);

/** Distribution's own registry: plain HTTP, no users. */
const registryProgram: Program = {
	name: 'registry',
	start(context) {
		const port = portOf(context);
		context.listen('tcp', '*', port);
		context.log(`time="2026-01-01T00:00:00Z" level=info msg="listening on [::]:${port}" go.version=go1.23.7 version=3.0.0`, 'stderr');
	},
	serve(context, {bytes}) {
		if (bytes === '') return {bytes: '', end: 'open'};
		const nowMs = context.machine.sim.clock.now();
		const request = parseHttpRequest(bytes);
		if (!request) return {bytes: 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request that is none.\n', end: 'closed'};
		const route = routeOf(request.path);
		if (!route) return refusal(request, nowMs, 404, 'NOT_FOUND', '404 page not found');
		const {registries} = context.machine.world;
		const storage = createStorage(context.machine.files, context.env['REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY'] ?? '/var/lib/registry');
		const missing = (_: string, reference: string) => ({
			code: 'MANIFEST_UNKNOWN',
			message: reference.startsWith('sha256:') ? 'OCI manifest found, but not by that digest' : 'manifest unknown',
		});
		return distribution({storage, registries, nowMs, missing}, {...request, body: fromWire(request.body)}, route);
	},
};

export const registry: Image = {
	repository: 'docker.io/library/registry',
	aliases: mirrors('registry'),
	tags: tagsOf({latest: 57.3, '3': 57.3, '3.0.0': 57.3, '2': 25.4, '2.8': 25.4, '2.8.3': 25.4}, () => ({
		entrypoint: ['/entrypoint.sh'],
		command: ['/etc/docker/registry/config.yml'],
		ports: ['5000/tcp'],
		files: {
			'/etc/docker/registry/config.yml':
				'version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: /var/lib/registry\nhttp:\n  addr: :5000\n',
			'/var/lib/registry': {folder: true},
		},
	})),
	program: registryProgram,
	tools: [...busyboxTools, '/entrypoint.sh', '/bin/registry'],
};
