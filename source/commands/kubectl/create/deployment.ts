import {failure} from '../failure.js';
import {commandFrom, type Generator, meta} from './generator.js';
import {container, nameOfImage} from './pod-template.js';

export const deployment: Generator = {
	name: 'deployment',
	aliases: ['deploy'],
	summary: 'Create a deployment with the specified name',
	usage: 'deployment NAME --image=image -- [COMMAND] [args...]',
	flags: [
		['image', 'strings', ''],
		['port', 'int32', '-1'],
		['replicas', 'int32', '1', 'r'],
	],
	required: ['image'],
	resource: 'deployments.apps',
	failure: 'failed to create deployment: ',
	make(call, name) {
		const images = call.flags.list('image');
		const command = commandFrom(call);
		if (images.length > 1 && command.length > 0) throw failure('cannot specify multiple --image options and command');
		const random = call.session.machine.sim.random.fork('kubectl');
		const port = call.flags.int('port');
		const containers = images.map((image, at) =>
			container(nameOfImage(image, random), image, {command, ...(at === 0 && port >= 0 && {ports: [{containerPort: port}]})}),
		);
		const labels = {app: name};
		return {
			kind: 'Deployment',
			apiVersion: 'apps/v1',
			metadata: meta(name, {labels}),
			spec: {
				replicas: call.flags.int('replicas'),
				selector: {matchLabels: labels},
				template: {metadata: {creationTimestamp: null, labels}, spec: {containers}},
				strategy: {},
			},
			status: {},
		};
	},
};
