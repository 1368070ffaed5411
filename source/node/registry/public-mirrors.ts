/** Registries of the internet that serve what others publish, as learners behind a slow line know them: prefix of the mirror, and of the origin. */
const prefixes: ReadonlyArray<readonly [mirror: string, origin: string]> = [
	// DaoCloud's public-image-mirror.
	['docker.m.daocloud.io/', 'docker.io/'],
	['elastic.m.daocloud.io/', 'docker.elastic.co/'],
	['gcr.m.daocloud.io/', 'gcr.io/'],
	['ghcr.m.daocloud.io/', 'ghcr.io/'],
	['k8s-gcr.m.daocloud.io/', 'k8s.gcr.io/'],
	['k8s.m.daocloud.io/', 'registry.k8s.io/'],
	['mcr.m.daocloud.io/', 'mcr.microsoft.com/'],
	['quay.m.daocloud.io/', 'quay.io/'],
	['m.daocloud.io/', ''],
	// Alibaba Cloud.
	['registry.aliyuncs.com/google_containers/nginx-ingress-controller', 'registry.k8s.io/ingress-nginx/controller'],
	['registry.aliyuncs.com/google_containers/kube-webhook-certgen', 'registry.k8s.io/ingress-nginx/kube-webhook-certgen'],
	['registry.aliyuncs.com/google_containers/metrics-server', 'registry.k8s.io/metrics-server/metrics-server'],
	['registry.aliyuncs.com/google_containers/coredns', 'registry.k8s.io/coredns/coredns'],
	['registry.aliyuncs.com/google_containers/', 'registry.k8s.io/'],
	['registry.cn-hangzhou.aliyuncs.com/google_containers/', 'registry.aliyuncs.com/google_containers/'],
	// And those of the rest of the world.
	['index.docker.io/', 'docker.io/'],
	['registry-1.docker.io/', 'docker.io/'],
	['mirror.gcr.io/', 'docker.io/'],
	['public.ecr.aws/docker/', 'docker.io/'],
	['k8s.gcr.io/', 'registry.k8s.io/'],
	['gcr.io/google-containers/', 'registry.k8s.io/'],
	['gcr.io/google_containers/', 'registry.k8s.io/'],
	['us.gcr.io/k8s-artifacts-prod/', 'registry.k8s.io/'],
];

export const mirrorHosts: readonly string[] = [...new Set(prefixes.map(([mirror]) => mirror.slice(0, mirror.indexOf('/'))))];

/** The repository that a mirror stands for; undefined when the name is no mirror's. A mirror may stand for another. */
export function originOf(repository: string): string | undefined {
	const found = prefixes.find(([mirror]) => repository.startsWith(mirror) && (mirror.endsWith('/') || repository === mirror));
	if (!found) return undefined;
	const origin = found[1] + repository.slice(found[0].length);
	return originOf(origin) ?? origin;
}
