import type {BaseEntries} from '../../os/base-tree.js';
import type {ClusterSpec, HostSpec} from '../host/host-spec.js';

export const manifestFolder = '/etc/kubernetes/manifests';

interface StaticPod {
	readonly name: string;
	readonly image: string;
	readonly annotations?: Readonly<Record<string, string>>;
	readonly command: readonly string[];
	readonly cpu: string;
	readonly memory?: string;
	readonly probe: {
		readonly host: string;
		readonly port: number | string;
		readonly scheme: string;
		readonly liveness: string;
		readonly readiness?: string;
		readonly startup: string;
	};
	readonly ports?: ReadonlyArray<{readonly name: string; readonly port: number}>;
	/** Name, path, type, and whether the container may only read it. */
	readonly volumes: ReadonlyArray<readonly [name: string, path: string, type: string, readOnly: boolean]>;
}

/** The control plane's static pods, as `kubeadm init` v1.33 writes them (cmd/kubeadm/app/phases/controlplane). */
export function staticPodFiles(spec: HostSpec, cluster: ClusterSpec): BaseEntries {
	const files: Record<string, {text: string; mode: number}> = {};
	for (const pod of [etcd(spec), apiServer(spec, cluster), controllerManager(cluster), scheduler(cluster)]) {
		files[`${manifestFolder}/${pod.name}.yaml`] = {text: manifest(pod), mode: 0o600};
	}

	return files;
}

const pki = '/etc/kubernetes/pki';

const etcd = ({name, address}: HostSpec): StaticPod => ({
	name: 'etcd',
	image: 'registry.k8s.io/etcd:3.5.21-0',
	annotations: {'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${address}:2379`},
	command: [
		'etcd',
		`--advertise-client-urls=https://${address}:2379`,
		`--cert-file=${pki}/etcd/server.crt`,
		'--client-cert-auth=true',
		'--data-dir=/var/lib/etcd',
		'--experimental-initial-corrupt-check=true',
		'--experimental-watch-progress-notify-interval=5s',
		`--initial-advertise-peer-urls=https://${address}:2380`,
		`--initial-cluster=${name}=https://${address}:2380`,
		`--key-file=${pki}/etcd/server.key`,
		`--listen-client-urls=https://127.0.0.1:2379,https://${address}:2379`,
		'--listen-metrics-urls=http://127.0.0.1:2381',
		`--listen-peer-urls=https://${address}:2380`,
		`--name=${name}`,
		`--peer-cert-file=${pki}/etcd/peer.crt`,
		'--peer-client-cert-auth=true',
		`--peer-key-file=${pki}/etcd/peer.key`,
		`--peer-trusted-ca-file=${pki}/etcd/ca.crt`,
		'--snapshot-count=10000',
		`--trusted-ca-file=${pki}/etcd/ca.crt`,
	],
	cpu: '100m',
	memory: '100Mi',
	probe: {host: '127.0.0.1', port: 'probe-port', scheme: 'HTTP', liveness: '/livez', readiness: '/readyz', startup: '/readyz'},
	ports: [{name: 'probe-port', port: 2381}],
	volumes: [
		['etcd-data', '/var/lib/etcd', 'DirectoryOrCreate', false],
		['etcd-certs', `${pki}/etcd`, 'DirectoryOrCreate', false],
	],
});

const apiServer = ({address}: HostSpec, cluster: ClusterSpec): StaticPod => ({
	name: 'kube-apiserver',
	image: `registry.k8s.io/kube-apiserver:${cluster.version}`,
	annotations: {'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${address}:6443`},
	command: [
		'kube-apiserver',
		`--advertise-address=${address}`,
		'--allow-privileged=true',
		'--authorization-mode=Node,RBAC',
		`--client-ca-file=${pki}/ca.crt`,
		'--enable-admission-plugins=NodeRestriction',
		'--enable-bootstrap-token-auth=true',
		`--etcd-cafile=${pki}/etcd/ca.crt`,
		`--etcd-certfile=${pki}/apiserver-etcd-client.crt`,
		`--etcd-keyfile=${pki}/apiserver-etcd-client.key`,
		'--etcd-servers=https://127.0.0.1:2379',
		`--kubelet-client-certificate=${pki}/apiserver-kubelet-client.crt`,
		`--kubelet-client-key=${pki}/apiserver-kubelet-client.key`,
		'--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
		`--proxy-client-cert-file=${pki}/front-proxy-client.crt`,
		`--proxy-client-key-file=${pki}/front-proxy-client.key`,
		'--requestheader-allowed-names=front-proxy-client',
		`--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
		'--requestheader-extra-headers-prefix=X-Remote-Extra-',
		'--requestheader-group-headers=X-Remote-Group',
		'--requestheader-username-headers=X-Remote-User',
		'--secure-port=6443',
		'--service-account-issuer=https://kubernetes.default.svc.cluster.local',
		`--service-account-key-file=${pki}/sa.pub`,
		`--service-account-signing-key-file=${pki}/sa.key`,
		`--service-cluster-ip-range=${cluster.serviceCidr}`,
		`--tls-cert-file=${pki}/apiserver.crt`,
		`--tls-private-key-file=${pki}/apiserver.key`,
	],
	cpu: '250m',
	probe: {host: address, port: 'probe-port', scheme: 'HTTPS', liveness: '/livez', readiness: '/readyz', startup: '/livez'},
	ports: [{name: 'probe-port', port: 6443}],
	volumes: [
		['ca-certs', '/etc/ssl/certs', 'DirectoryOrCreate', true],
		['etc-pki-ca-trust', '/etc/pki/ca-trust', 'DirectoryOrCreate', true],
		['etc-pki-tls-certs', '/etc/pki/tls/certs', 'DirectoryOrCreate', true],
		['k8s-certs', pki, 'DirectoryOrCreate', true],
	],
});

const controllerManager = (cluster: ClusterSpec): StaticPod => ({
	name: 'kube-controller-manager',
	image: `registry.k8s.io/kube-controller-manager:${cluster.version}`,
	command: [
		'kube-controller-manager',
		'--allocate-node-cidrs=true',
		'--authentication-kubeconfig=/etc/kubernetes/controller-manager.conf',
		'--authorization-kubeconfig=/etc/kubernetes/controller-manager.conf',
		'--bind-address=127.0.0.1',
		`--client-ca-file=${pki}/ca.crt`,
		`--cluster-cidr=${cluster.podCidr}`,
		'--cluster-name=kubernetes',
		`--cluster-signing-cert-file=${pki}/ca.crt`,
		`--cluster-signing-key-file=${pki}/ca.key`,
		'--controllers=*,bootstrapsigner,tokencleaner',
		'--kubeconfig=/etc/kubernetes/controller-manager.conf',
		'--leader-elect=true',
		`--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
		`--root-ca-file=${pki}/ca.crt`,
		`--service-account-private-key-file=${pki}/sa.key`,
		`--service-cluster-ip-range=${cluster.serviceCidr}`,
		'--use-service-account-credentials=true',
	],
	cpu: '200m',
	probe: {host: '127.0.0.1', port: 'probe-port', scheme: 'HTTPS', liveness: '/healthz', startup: '/healthz'},
	ports: [{name: 'probe-port', port: 10257}],
	volumes: [
		['ca-certs', '/etc/ssl/certs', 'DirectoryOrCreate', true],
		['etc-pki-ca-trust', '/etc/pki/ca-trust', 'DirectoryOrCreate', true],
		['etc-pki-tls-certs', '/etc/pki/tls/certs', 'DirectoryOrCreate', true],
		['flexvolume-dir', '/usr/libexec/kubernetes/kubelet-plugins/volume/exec', 'DirectoryOrCreate', false],
		['k8s-certs', pki, 'DirectoryOrCreate', true],
		['kubeconfig', '/etc/kubernetes/controller-manager.conf', 'FileOrCreate', true],
	],
});

const scheduler = (cluster: ClusterSpec): StaticPod => ({
	name: 'kube-scheduler',
	image: `registry.k8s.io/kube-scheduler:${cluster.version}`,
	command: [
		'kube-scheduler',
		'--authentication-kubeconfig=/etc/kubernetes/scheduler.conf',
		'--authorization-kubeconfig=/etc/kubernetes/scheduler.conf',
		'--bind-address=127.0.0.1',
		'--kubeconfig=/etc/kubernetes/scheduler.conf',
		'--leader-elect=true',
	],
	cpu: '100m',
	probe: {host: '127.0.0.1', port: 'probe-port', scheme: 'HTTPS', liveness: '/livez', readiness: '/readyz', startup: '/livez'},
	ports: [{name: 'probe-port', port: 10259}],
	volumes: [['kubeconfig', '/etc/kubernetes/scheduler.conf', 'FileOrCreate', true]],
});

/** In the order in which kubeadm's YAML encoder writes fields. */
function manifest(pod: StaticPod): string {
	const {probe} = pod;
	const check = (kind: string, path: string, failures: number, period: number, delay: boolean) => `    ${kind}:
      failureThreshold: ${failures}
      httpGet:
        host: ${probe.host}
        path: ${path}
        port: ${probe.port}
        scheme: ${probe.scheme}
${delay ? '      initialDelaySeconds: 10\n' : ''}      periodSeconds: ${period}
      timeoutSeconds: 15
`;
	const annotations = Object.entries(pod.annotations ?? {}).map(([key, value]) => `    ${key}: ${value}\n`);
	const mounts = pod.volumes.map(
		([name, path, , readOnly]) => `    - mountPath: ${path}\n      name: ${name}\n${readOnly ? '      readOnly: true\n' : ''}`,
	);
	const volumes = pod.volumes.map(([name, path, type]) => `  - hostPath:\n      path: ${path}\n      type: ${type}\n    name: ${name}\n`);
	const ports = pod.ports?.map(port => `    - containerPort: ${port.port}\n      name: ${port.name}\n      protocol: TCP\n`) ?? [];
	return `apiVersion: v1
kind: Pod
metadata:
${annotations.length > 0 ? `  annotations:\n${annotations.join('')}` : ''}  labels:
    component: ${pod.name}
    tier: control-plane
  name: ${pod.name}
  namespace: kube-system
spec:
  containers:
  - command:
${pod.command.map(word => `    - ${word}\n`).join('')}    image: ${pod.image}
    imagePullPolicy: IfNotPresent
${check('livenessProbe', probe.liveness, 8, 10, true)}    name: ${pod.name}
${ports.length > 0 ? `    ports:\n${ports.join('')}` : ''}${probe.readiness ? check('readinessProbe', probe.readiness, 3, 1, false) : ''}    resources:
      requests:
        cpu: ${pod.cpu}
${pod.memory ? `        memory: ${pod.memory}\n` : ''}${check('startupProbe', probe.startup, 24, 10, true)}    volumeMounts:
${mounts.join('')}  hostNetwork: true
  priority: 2000001000
  priorityClassName: system-node-critical
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  volumes:
${volumes.join('')}status: {}
`;
}
