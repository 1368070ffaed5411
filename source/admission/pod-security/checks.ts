/** The Pod Security Standards, in the order and words of k8s.io/pod-security-admission/policy. */
export type Level = 'privileged' | 'baseline' | 'restricted';

export interface Violation {
	readonly reason: string;
	readonly detail: string;
}

type Check = (pod: any) => Violation | undefined;

const containersOf = (pod: any): any[] => [
	...(pod.spec?.initContainers ?? []),
	...(pod.spec?.containers ?? []),
	...(pod.spec?.ephemeralContainers ?? []),
];
const quoted = (names: readonly string[]): string => names.map(name => JSON.stringify(name)).join(', ');
const containers = (bad: readonly any[]): string => `container${bad.length > 1 ? 's' : ''} ${quoted(bad.map(({name}) => name))}`;
const each = (pod: any, isBad: (container: any) => boolean): any[] => containersOf(pod).filter(isBad);

function about(reason: string, bad: readonly any[], must: string): Violation | undefined {
	return bad.length > 0 ? {reason, detail: `${containers(bad)} ${must}`} : undefined;
}

const baselineCapabilities = new Set(
	'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(' '),
);
const restrictedVolumes = new Set([
	'configMap',
	'csi',
	'downwardAPI',
	'emptyDir',
	'ephemeral',
	'image',
	'persistentVolumeClaim',
	'projected',
	'secret',
]);
const safeSysctls = new Set([
	'kernel.shm_rmid_forced',
	'net.ipv4.ip_local_port_range',
	'net.ipv4.ip_unprivileged_port_start',
	'net.ipv4.tcp_syncookies',
	'net.ipv4.ping_group_range',
	'net.ipv4.ip_local_reserved_ports',
	'net.ipv4.tcp_keepalive_time',
	'net.ipv4.tcp_fin_timeout',
	'net.ipv4.tcp_keepalive_intvl',
	'net.ipv4.tcp_keepalive_probes',
]);

const baseline: readonly Check[] = [
	pod => {
		const spaces = ['hostNetwork', 'hostPID', 'hostIPC'].filter(field => pod.spec?.[field]);
		return spaces.length > 0 ? {reason: 'host namespaces', detail: spaces.map(field => `${field}=true`).join(', ')} : undefined;
	},
	pod =>
		about(
			'privileged',
			each(pod, ({securityContext}) => securityContext?.privileged),
			'must not set securityContext.privileged=true',
		),
	pod => {
		const added = (container: any) =>
			(container.securityContext?.capabilities?.add ?? []).filter((name: string) => !baselineCapabilities.has(name));
		const bad = each(pod, container => added(container).length > 0);
		const names = [...new Set(bad.flatMap(added))].sort() as string[];
		return about('non-default capabilities', bad, `must not include ${quoted(names)} in securityContext.capabilities.add`);
	},
	pod => {
		const volumes = (pod.spec?.volumes ?? []).filter(({hostPath}: any) => hostPath);
		return volumes.length > 0
			? {reason: 'hostPath volumes', detail: `volume${volumes.length > 1 ? 's' : ''} ${quoted(volumes.map(({name}: any) => name))}`}
			: undefined;
	},
	pod => {
		const ports = (container: any): number[] => (container.ports ?? []).map(({hostPort}: any) => hostPort).filter(Boolean);
		const bad = each(pod, container => ports(container).length > 0);
		const all = [...new Set(bad.flatMap(ports))].sort((a, b) => a - b);
		return bad.length > 0
			? {
					reason: 'hostPort',
					detail: `${containers(bad)} use${bad.length > 1 ? '' : 's'} hostPort${all.length > 1 ? 's' : ''} ${all.join(', ')}`,
				}
			: undefined;
	},
	pod => {
		const bad = each(pod, ({securityContext}) => securityContext?.procMount !== undefined && securityContext.procMount !== 'Default');
		const values = [...new Set(bad.map(({securityContext}) => securityContext.procMount))] as string[];
		return about('procMount', bad, `must not set securityContext.procMount to ${quoted(values)}`);
	},
	pod => {
		const bad = each(pod, ({securityContext}) => securityContext?.seccompProfile?.type === 'Unconfined');
		const whole = pod.spec?.securityContext?.seccompProfile?.type === 'Unconfined';
		if (!whole && bad.length === 0) return undefined;
		const who = [...(whole ? ['pod'] : []), ...(bad.length > 0 ? [containers(bad)] : [])].join(' and ');
		return {reason: 'seccompProfile', detail: `${who} must not set securityContext.seccompProfile.type to "Unconfined"`};
	},
	pod => {
		const bad = (pod.spec?.securityContext?.sysctls ?? []).map(({name}: any) => name).filter((name: string) => !safeSysctls.has(name));
		return bad.length > 0 ? {reason: 'forbidden sysctls', detail: bad.join(', ')} : undefined;
	},
];

const restricted: readonly Check[] = [
	pod => {
		const sources = (volume: any) => Object.keys(volume).filter(key => key !== 'name' && !restrictedVolumes.has(key));
		const bad = (pod.spec?.volumes ?? []).filter((volume: any) => sources(volume).length > 0);
		if (bad.length === 0) return undefined;
		const types = [...new Set(bad.flatMap(sources))].sort() as string[];
		const many = bad.length > 1;
		return {
			reason: 'restricted volume types',
			detail: `volume${many ? 's' : ''} ${quoted(bad.map(({name}: any) => name))} use${many ? '' : 's'} restricted volume type${types.length > 1 ? 's' : ''} ${quoted(types)}`,
		};
	},
	pod =>
		about(
			'allowPrivilegeEscalation != false',
			each(pod, ({securityContext}) => securityContext?.allowPrivilegeEscalation !== false),
			'must set securityContext.allowPrivilegeEscalation=false',
		),
	pod => {
		const dropsAll = ({securityContext}: any) => securityContext?.capabilities?.drop?.includes('ALL');
		const extra = ({securityContext}: any) =>
			(securityContext?.capabilities?.add ?? []).filter((name: string) => name !== 'NET_BIND_SERVICE');
		const missing = each(pod, container => !dropsAll(container));
		const adding = each(pod, container => extra(container).length > 0);
		const parts: string[] = [];
		if (missing.length > 0) parts.push(`${containers(missing)} must set securityContext.capabilities.drop=["ALL"]`);
		if (adding.length > 0)
			parts.push(
				`${containers(adding)} must not include ${quoted([...new Set(adding.flatMap(extra))].sort() as string[])} in securityContext.capabilities.add`,
			);
		return parts.length > 0 ? {reason: 'unrestricted capabilities', detail: parts.join('; ')} : undefined;
	},
	pod => {
		const whole = pod.spec?.securityContext?.runAsNonRoot;
		const explicit = each(pod, ({securityContext}) => securityContext?.runAsNonRoot === false);
		const silent = each(pod, ({securityContext}) => securityContext?.runAsNonRoot === undefined);
		if (explicit.length > 0) return about('runAsNonRoot != true', explicit, 'must not set securityContext.runAsNonRoot=false');
		if (whole === false) return {reason: 'runAsNonRoot != true', detail: 'pod must not set securityContext.runAsNonRoot=false'};
		if (whole || silent.length === 0) return undefined;
		return {reason: 'runAsNonRoot != true', detail: `pod or ${containers(silent)} must set securityContext.runAsNonRoot=true`};
	},
	pod => {
		const bad = each(pod, ({securityContext}) => securityContext?.runAsUser === 0);
		if (pod.spec?.securityContext?.runAsUser === 0) return {reason: 'runAsUser=0', detail: 'pod must not set runAsUser=0'};
		return about('runAsUser=0', bad, 'must not set runAsUser=0');
	},
	pod => {
		const whole = pod.spec?.securityContext?.seccompProfile?.type;
		const silent = each(pod, ({securityContext}) => !securityContext?.seccompProfile?.type);
		if (whole || silent.length === 0) return undefined;
		return {
			reason: 'seccompProfile',
			detail: `pod or ${containers(silent)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
		};
	},
];

/** Restricted replaces the baseline's word on volumes and capabilities by its own. */
export function checksFor(level: Level, pod: any): Violation[] {
	if (level === 'privileged') return [];
	const checks = level === 'baseline' ? baseline : [...baseline, ...restricted];
	const found = checks.map(check => check(pod)).filter((violation): violation is Violation => violation !== undefined);
	const replaced = new Map([
		['hostPath volumes', 'restricted volume types'],
		['non-default capabilities', 'unrestricted capabilities'],
	]);
	return found.filter(({reason}) => !found.some(other => other.reason === replaced.get(reason)));
}
