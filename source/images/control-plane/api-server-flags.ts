import admission from '../../admission/index.js';
import {flagOf} from './daemon.js';

/** Plug-ins of v1.33 that the world does not have as such. */
const elsewhere =
	'AlwaysAdmit CertificateApproval CertificateSubjectRestriction ClusterTrustBundleAttest EventRateLimit ExtendedResourceToleration ImagePolicyWebhook ' +
	'LimitPodHardAntiAffinityTopology MutatingAdmissionPolicy NamespaceAutoProvision NamespaceExists NodeRestriction OwnerReferencesPermissionEnforcement ' +
	'PodNodeSelector PodTolerationRestriction PodTopologyLabels';
/** These change nothing that could be seen: they hold back kubelets, or nobody. */
const unseen = new Set(['AlwaysAdmit', 'NodeRestriction']);
/** Steps of the registry that are kept in the same list. */
const steps = ['RBACEscalation', 'ServiceAddress'];
const simulated: ReadonlySet<string> = new Set(admission.map(({name}) => name).filter(name => !steps.includes(name)));

/** Flags that would change what a learner sees, and do not. Those of kubeadm and those that take effect are not among them. */
const withoutEffect =
	'admission-control-config-file api-audiences audit-log-format audit-log-maxage audit-log-maxbackup audit-log-maxsize audit-log-path audit-policy-file ' +
	'audit-webhook-config-file authentication-config authentication-token-webhook-config-file authorization-config authorization-webhook-config-file ' +
	'cors-allowed-origins default-not-ready-toleration-seconds default-unreachable-toleration-seconds enable-garbage-collector encryption-provider-config ' +
	'etcd-prefix event-ttl feature-gates goaway-chance max-mutating-requests-inflight max-requests-inflight oidc-ca-file oidc-client-id oidc-groups-claim ' +
	'oidc-issuer-url oidc-username-claim request-timeout runtime-config token-auth-file';

const listOf = (argv: readonly string[], flag: string): string[] => (flagOf(argv, flag) ?? '').split(',').filter(Boolean);

/** Models Validate in kubeapiserver/options/admission.go. */
export function wrongPlugins(argv: readonly string[]): string | undefined {
	const known = new Set([...simulated, ...elsewhere.split(' ')]);
	for (const flag of ['enable-admission-plugins', 'disable-admission-plugins']) {
		const unknown = listOf(argv, flag).find(name => !known.has(name));
		if (unknown !== undefined) return `${flag} plugin "${unknown}" is unknown`;
	}

	const disabled = listOf(argv, 'disable-admission-plugins');
	const both = listOf(argv, 'enable-admission-plugins').filter(name => disabled.includes(name));
	return both.length > 0 ? `[${both.join(' ')}] in enable-admission-plugins and disable-admission-plugins overlapped` : undefined;
}

const modes = ['AlwaysAllow', 'AlwaysDeny', 'ABAC', 'Webhook', 'RBAC', 'Node'];

/** Models Validate in kubeapiserver/options/authorization.go. */
export function wrongMode(text: string | undefined): string | undefined {
	if (text === undefined) return undefined;
	const given = text.split(',').filter(Boolean);
	if (given.length === 0) return 'at least one authorization-mode must be passed';
	const wrong = given.find(mode => !modes.includes(mode));
	if (wrong !== undefined) return `authorization-mode "${wrong}" is not a valid mode`;
	if (new Set(given).size < given.length)
		return `authorization-mode [${given.map(mode => `"${mode}"`).join(' ')}] has mode specified more than once`;
	if (given.includes('ABAC')) return "authorization-mode ABAC's authorization policy file not passed";
	return given.includes('Webhook') ? "authorization-mode Webhook's authorization config file not passed" : undefined;
}

/** What is taken and does nothing. */
export function lackingIn(argv: readonly string[]): readonly string[] {
	const flags = new Set(withoutEffect.split(' '));
	const words = argv.slice(1).filter(word => flags.has(word.replace(/^--/, '').split('=')[0]!));
	const plugins = ['enable', 'disable'].flatMap(verb =>
		listOf(argv, `${verb}-admission-plugins`)
			.filter(name => !simulated.has(name) && !unseen.has(name))
			.map(name => `--${verb}-admission-plugins=${name}`),
	);
	return [...words, ...plugins];
}
