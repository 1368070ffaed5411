import type {KubeObject} from '../../../api/object.js';
import {failure, flattened} from '../failure.js';
import {printFlags} from '../flags/flag.js';
import {printerFor} from '../output/printer.js';
import {asTyped} from '../output/typed.js';
import type {Verb} from '../verb.js';
import {nameFrom} from './generator.js';

const boundKinds = ['Node', 'Pod', 'Secret'];

export const token: Verb = {
	name: 'token',
	summary: 'Request a service account token',
	usage: 'create token SERVICE_ACCOUNT_NAME',
	flags: [
		...printFlags,
		['audience', 'array', ''],
		['bound-object-kind', 'string', ''],
		['bound-object-name', 'string', ''],
		['bound-object-uid', 'string', ''],
		['duration', 'duration', '0s'],
	],
	*run(call) {
		const {session, flags} = call;
		const name = nameFrom(call);
		const [kindName, boundName, uid] = ['kind', 'name', 'uid'].map(part => flags.string(`bound-object-${part}`)) as [
			string,
			string,
			string,
		];
		const durationMs = flags.durationMs('duration');
		if (durationMs < 0) throw failure('--duration must be greater than or equal to 0');
		if (durationMs % 1000 !== 0) throw failure('--duration cannot be expressed in units less than seconds');
		if (kindName === '' && uid !== '') throw failure('--bound-object-uid can only be set if --bound-object-kind is provided');
		if (kindName === '' && boundName !== '') throw failure('--bound-object-name can only be set if --bound-object-kind is provided');
		if (kindName !== '' && !boundKinds.includes(kindName))
			throw failure(`supported --bound-object-kind values are ${boundKinds.join(', ')}`);
		if (kindName !== '' && boundName === '') throw failure('--bound-object-name is required if --bound-object-kind is provided');
		const body: KubeObject = {
			kind: 'TokenRequest',
			apiVersion: 'authentication.k8s.io/v1',
			metadata: {name, namespace: session.namespace},
			spec: {
				...(flags.list('audience').length > 0 && {audiences: flags.list('audience')}),
				...(durationMs > 0 && {expirationSeconds: durationMs / 1000}),
				...(kindName && {boundObjectRef: {kind: kindName, apiVersion: 'v1', name: boundName, ...(uid && {uid})}}),
			},
		};
		let answer: KubeObject;
		try {
			answer = session.create(session.machine.world.api.findKind('serviceaccounts')!, session.namespace, body, {}, 'token');
		} catch (error) {
			throw flattened('failed to create token: ', error);
		}

		const printer = flags.string('output') === '' ? undefined : printerFor(session, flags);
		session.out(printer ? printer.print(asTyped(answer, 'authentication.v1.TokenRequest'), {typed: true}) : `${answer['status'].token}\n`);
		return 0;
	},
};
