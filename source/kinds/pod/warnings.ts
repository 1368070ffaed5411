/** What the server says about pods without refusing them. Models pkg/api/pod/warnings.go. */
export function podWarnings(pod: any, old?: any): string[] {
	return old ? [] : specWarnings(pod.spec ?? {}, 'spec', pod.metadata ?? {});
}

/** A template warns too, with its own path. */
export const templateWarnings = (template: any, path: string): string[] =>
	specWarnings(template?.spec ?? {}, `${path}.spec`, template?.metadata ?? {});

const deprecatedAnnotations: Readonly<Record<string, string>> = {
	'scheduler.alpha.kubernetes.io/critical-pod': 'non-functional in v1.16+; use the "priorityClassName" field instead',
};
const deprecatedNodeLabels: Readonly<Record<string, string>> = {
	'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
	'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
	'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
	'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
	'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

function specWarnings(spec: any, path: string, metadata: any): string[] {
	const warnings: string[] = [];
	for (const key of Object.keys(spec.nodeSelector ?? {}))
		if (deprecatedNodeLabels[key]) warnings.push(`${path}.nodeSelector[${key}]: ${deprecatedNodeLabels[key]}`);
	for (const key of Object.keys(metadata.annotations ?? {}))
		if (deprecatedAnnotations[key])
			warnings.push(`${path.replace(/spec$/, '')}metadata.annotations[${key}]: ${deprecatedAnnotations[key]}`);
	for (const [index, alias] of (spec.hostAliases ?? []).entries())
		if (!alias.hostnames?.length) warnings.push(`${path}.hostAliases[${index}].hostnames: no hostnames`);
	for (const [index, secret] of (spec.imagePullSecrets ?? []).entries())
		if (!secret.name) warnings.push(`${path}.imagePullSecrets[${index}].name: invalid empty name ""`);
	for (const [index, volume] of (spec.volumes ?? []).entries())
		if (volume.gitRepo) warnings.push(`${path}.volumes[${index}].gitRepo: deprecated in v1.11, and disabled by default in v1.33+`);
	for (const list of ['initContainers', 'containers']) warnings.push(...containerWarnings(spec[list] ?? [], `${path}.${list}`));
	warnings.push(...sharedPorts(spec, path));
	if (spec.terminationGracePeriodSeconds < 0)
		warnings.push(`${path}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`);
	return warnings;
}

function containerWarnings(containers: readonly any[], path: string): string[] {
	const warnings: string[] = [];
	for (const [index, container] of containers.entries()) {
		for (const field of ['limits', 'requests'])
			for (const [name, amount] of Object.entries<string>(container.resources?.[field] ?? {}))
				if (/^\d*\.?\d+m$/.test(amount) && (name === 'memory' || name === 'ephemeral-storage'))
					warnings.push(
						`${path}[${index}].resources.${field}[${name}]: fractional byte value ${JSON.stringify(amount)} is invalid, must be an integer`,
					);
		const seen = new Map<string, number>();
		for (const [at, {name}] of (container.env ?? []).entries()) {
			const first = seen.get(name);
			if (first !== undefined)
				warnings.push(
					`${path}[${index}].env[${at}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
				);
			seen.set(name, at);
		}
	}

	return warnings;
}

/** Two containers that want one port cannot both have it. */
function sharedPorts(spec: any, path: string): string[] {
	const warnings: string[] = [];
	const seen = new Map<string, string>();
	for (const [index, container] of (spec.containers ?? []).entries()) {
		for (const [at, {containerPort, protocol}] of (container.ports ?? []).entries()) {
			const key = `${containerPort}/${protocol}`;
			const first = seen.get(key);
			const here = `${path}.containers[${index}].ports[${at}]`;
			if (first) warnings.push(`${here}: duplicate port definition with ${first}`);
			else seen.set(key, here);
		}
	}

	return warnings;
}
