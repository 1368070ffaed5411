import {failure} from '../failure.js';
import type {Values} from '../flags/values.js';

const probeFlags = [
	['keep-liveness', 'livenessProbe'],
	['keep-readiness', 'readinessProbe'],
	['keep-startup', 'startupProbe'],
] as const;

/** How one debugs: in a running pod, in a copy of it, or on a node. */
export type DebugStyle = 'ephemeral' | 'copy' | 'node';

type Profile = (pod: any, container: any, style: DebugStyle, flags: Values) => void;

/** What each `--profile` grants, and what it takes from a copy. Models kubectl/pkg/cmd/debug/profiles.go. */
const profiles: Readonly<Record<string, Profile>> = {
	legacy(pod, container, style) {
		if (style === 'node') onHost(pod, container);
		else if (style === 'copy') delete pod.metadata.labels;
	},
	general(pod, container, style, flags) {
		if (style === 'node') {
			onHost(pod, container);
			delete container.securityContext;
			return;
		}

		grant(container, 'SYS_PTRACE');
		if (style === 'copy') strip(pod, flags);
	},
	baseline(pod, container, style, flags) {
		delete container.securityContext;
		if (style === 'copy') strip(pod, flags);
	},
	restricted(pod, container, style, flags) {
		container.securityContext = {
			runAsNonRoot: true,
			capabilities: {drop: ['ALL']},
			allowPrivilegeEscalation: false,
			seccompProfile: {type: 'RuntimeDefault'},
		};
		if (style === 'copy') strip(pod, flags);
	},
	netadmin(pod, container, style, flags) {
		grant(container, 'NET_ADMIN', 'NET_RAW');
		if (style === 'node') hostNamespaces(pod);
		else if (style === 'copy') strip(pod, flags);
	},
	sysadmin(pod, container, style, flags) {
		container.securityContext = {...container.securityContext, privileged: true};
		if (style === 'node') onHost(pod, container);
		else if (style === 'copy') strip(pod, flags);
	},
};

export function profileNamed(name: string): Profile {
	const found = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
	if (!found) throw failure(`unknown profile: ${name}`);
	return found;
}

const nonRoot =
	'Warning: Non-root user is configured for the entire target Pod, and some capabilities granted by debug profile may not work. Please consider using "--custom" with a custom profile that specifies "securityContext.runAsUser: 0".\n';

/** Capabilities mean nothing to a user who is not root. */
export function profileWarning({spec}: any, {securityContext}: any): string {
	const granted = securityContext?.privileged || (securityContext?.capabilities?.add ?? []).length > 0;
	return spec.securityContext?.runAsUser && granted && securityContext.runAsUser !== 0 ? nonRoot : '';
}

function grant(container: any, ...added: readonly string[]): void {
	const {capabilities, ...rest} = container.securityContext ?? {};
	const before: readonly string[] = capabilities?.add ?? [];
	const add = [...before, ...added.filter(name => !before.includes(name))];
	container.securityContext = {...rest, capabilities: {...capabilities, add}};
}

function hostNamespaces({spec}: any): void {
	Object.assign(spec, {hostIPC: true, hostNetwork: true, hostPID: true});
}

function onHost(pod: any, container: any): void {
	hostNamespaces(pod);
	pod.spec.volumes = [...(pod.spec.volumes ?? []), {name: 'host-root', hostPath: {path: '/'}}];
	container.volumeMounts = [...(container.volumeMounts ?? []), {name: 'host-root', mountPath: '/host'}];
}

/** A copy must not be taken for the pod itself, nor be killed while one looks at it. */
function strip({metadata, spec}: any, flags: Values): void {
	if (!flags.bool('keep-labels')) delete metadata.labels;
	if (!flags.bool('keep-annotations')) delete metadata.annotations;
	if (!flags.bool('keep-init-containers')) delete spec.initContainers;
	for (const container of spec.containers) for (const [flag, probe] of probeFlags) if (!flags.bool(flag)) delete container[probe];
	spec.shareProcessNamespace ??= true;
}
