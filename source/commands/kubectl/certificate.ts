import type {KubeObject} from '../../api/object.js';
import {rfc3339} from '../../api/values/time.js';
import {failure} from './failure.js';
import {fileFlags, printFlags} from './flags/flag.js';
import {reportFor} from './output/report.js';
import {select, selectNamed} from './resource/select.js';
import {throwAll} from './failure.js';
import type {Target} from './resource/target.js';
import type {Session} from './session.js';
import type {Verb} from './verb.js';

const plural = 'certificatesigningrequests';
const named = (arg: string): string => (arg.includes('/') ? arg : `${plural}/${arg}`);

/** Nobody tells this verb a namespace: an object of a file has its own, or none. */
function request(session: Session, {kind, name, object}: Target): KubeObject {
	const namespace = object?.metadata.namespace;
	if (kind.namespaced && !namespace)
		throw failure(`no namespace set on resource ${kind.group}/${kind.version}, Resource=${kind.plural} "${name}"`);
	return session.getNamed<KubeObject>(kind, namespace, name);
}

const judging = (name: string, type: 'Approved' | 'Denied', word: string, reason: string, message: string): Verb => ({
	name,
	summary: `${name === 'approve' ? 'Approve' : 'Deny'} a certificate signing request`,
	usage: `certificate ${name} (-f FILENAME | NAME)`,
	flags: [...printFlags, ...fileFlags, ['force', 'bool', 'false']],
	*run(call) {
		const {session, args, flags} = call;
		const hasFiles = flags.list('filename').length > 0 || flags.string('kustomize') !== '';
		if (args.length === 0 && !hasFiles) throw failure('one or more CSRs must be specified as <name> or -f <filename>');
		const report = reportFor(call, 'none');
		const {targets, errors} = hasFiles ? yield* select(call, {args: args.map(named)}) : selectNamed(session, args.map(named), {});
		if (!hasFiles && targets.some(({kind}) => kind.namespaced))
			throw failure('namespace may not be empty when retrieving a resource by name');
		for (const target of targets) {
			const {kind, name} = target;
			let object: KubeObject;
			try {
				object = request(session, target);
			} catch (error) {
				errors.push(error as Error);
				continue;
			}

			if (kind.plural !== plural) throw failure(`can only handle CertificateSigningRequest.certificates.k8s.io objects, got ${kind.kind}`);
			const conditions: any[] = object['status']?.conditions ?? [];
			const opposite = type === 'Approved' ? 'Denied' : 'Approved';
			if (conditions.some(one => one.type === opposite)) throw failure(`certificate signing request "${name}" is already ${opposite}`);
			const at = rfc3339(session.nowMs);
			const wanted =
				conditions.some(one => one.type === type) && !flags.bool('force')
					? conditions
					: [...conditions, {type, status: 'True', reason, message, lastUpdateTime: at, lastTransitionTime: at}];
			const changed = session.update<KubeObject>(
				kind,
				undefined,
				name,
				{...object, status: {...object['status'], conditions: wanted}},
				{},
				'approval',
			);
			report.done(target, word, changed);
		}

		throwAll(errors);
		return 0;
	},
});

const certificate: Verb = {
	name: 'certificate',
	summary: 'Modify certificate resources',
	group: 'Cluster Management Commands:',
	usage: 'certificate SUBCOMMAND',
	bare: {stream: 'out', exitCode: 0},
	flags: [],
	verbs: [
		judging('approve', 'Approved', 'approved', 'KubectlApprove', 'This CSR was approved by kubectl certificate approve.'),
		judging('deny', 'Denied', 'denied', 'KubectlDeny', 'This CSR was denied by kubectl certificate deny.'),
	],
};

export default certificate;
