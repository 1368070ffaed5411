import {epochMs} from '../../sim/sim.js';
import {type Certificate, certificatesIn} from '../../tls/certificate.js';
import {type Issue, issue} from '../../tls/issue.js';
import {namedEcKey, namedKey, namedSerial} from '../../tls/named-key.js';
import {pem} from '../../tls/pem.js';
import {publicHalf} from '../../tls/private-key.js';
import {certificatePem, type Pair, selfSignedPair} from '../../tls/self-signed.js';
import type {ClusterSpec, HostSpec} from '../host/host-spec.js';

const minuteMs = 60_000;
const yearMs = 365 * 24 * 60 * minuteMs;
/** kubeadm dates certificates back by so much, for clocks that are behind. */
const backdateMs = 5 * minuteMs;
const initMs = epochMs;

/** Who signs each certificate, and what it says. Models cmd/kubeadm/app/phases/certs/certlist.go. */
interface Row {
	readonly authority: 'ca' | 'etcd/ca' | 'front-proxy-ca';
	readonly commonName: string;
	readonly organisations?: readonly string[];
	readonly purposes: readonly string[];
	readonly dns?: readonly string[];
	readonly addresses?: readonly string[];
}

const [client, server] = [['clientAuth'], ['serverAuth']];
const both = [...server, ...client];
const authorities: Readonly<Record<string, string>> = {ca: 'kubernetes', 'etcd/ca': 'etcd-ca', 'front-proxy-ca': 'front-proxy-ca'};

function rowsOf({name, address}: HostSpec, cluster: ClusterSpec): Readonly<Record<string, Row>> {
	const names = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', `kubernetes.default.svc.${cluster.clusterDomain}`];
	const etcd = {authority: 'etcd/ca', commonName: name, purposes: both, dns: [name, 'localhost'].sort()} as const;
	const etcdAddresses = ['127.0.0.1', address, '::1'].sort();
	return {
		apiserver: {
			authority: 'ca',
			commonName: 'kube-apiserver',
			purposes: server,
			dns: [name, ...names].sort(),
			addresses: [firstOf(cluster.serviceCidr), address].sort(),
		},
		'apiserver-etcd-client': {authority: 'etcd/ca', commonName: 'kube-apiserver-etcd-client', purposes: client},
		'apiserver-kubelet-client': {
			authority: 'ca',
			commonName: 'kube-apiserver-kubelet-client',
			organisations: ['kubeadm:cluster-admins'],
			purposes: client,
		},
		'front-proxy-client': {authority: 'front-proxy-ca', commonName: 'front-proxy-client', purposes: client},
		'etcd/server': {...etcd, addresses: etcdAddresses},
		'etcd/peer': {...etcd, addresses: etcdAddresses},
		'etcd/healthcheck-client': {authority: 'etcd/ca', commonName: 'kube-etcd-healthcheck-client', purposes: client},
		'kubernetes-admin': {authority: 'ca', commonName: 'kubernetes-admin', organisations: ['kubeadm:cluster-admins'], purposes: client},
		'kubernetes-super-admin': {authority: 'ca', commonName: 'kubernetes-super-admin', organisations: ['system:masters'], purposes: client},
		'system:kube-controller-manager': {authority: 'ca', commonName: 'system:kube-controller-manager', purposes: client},
		'system:kube-scheduler': {authority: 'ca', commonName: 'system:kube-scheduler', purposes: client},
	};
}

/** `10.96.0.0/12` gives 10.96.0.1. */
const firstOf = (cidr: string) => cidr.split('/')[0]!.replace(/\d+$/, last => String(Number(last) + 1));

const keyNameOf = (authority: string) => (authority === 'ca' ? 'kubernetes-ca' : authority);
const made = new Map<string, Pair>();

function once(key: string, make: () => Pair): Pair {
	let pair = made.get(key);
	if (!pair) made.set(key, (pair = make()));
	return pair;
}

/** One of the three authorities; the same in every world. */
export const authorityPair = (name: Row['authority']): Pair =>
	once(name, () => {
		const key = namedKey(keyNameOf(name));
		const commonName = authorities[name]!;
		const what: Issue = {
			serial: namedSerial(name),
			commonName,
			usages: ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
			isAuthority: true,
			dns: [commonName],
			publicKey: publicHalf(key),
			notBefore: initMs - backdateMs,
			notAfter: initMs + 10 * yearMs,
		};
		return {certificate: certificatePem(issue(what, {key})), key: key.export({type: 'pkcs1', format: 'pem'}).toString()};
	});

export const authorityOf = (name: Row['authority']): {certificate: Certificate; key: ReturnType<typeof namedKey>} => ({
	certificate: certificatesIn(authorityPair(name).certificate)[0]!,
	key: namedKey(keyNameOf(name)),
});

/** The pair that `kubeadm init` makes under this name on this machine; undefined when it makes none. */
export function kubeadmPair(name: string, spec: HostSpec, cluster: ClusterSpec): Pair {
	const row = rowsOf(spec, cluster)[name]!;
	const {authority, ...rest} = row;
	return once(`${name} ${JSON.stringify(rest)}`, () => signed(name, {...rest, usages: ['digitalSignature', 'keyEncipherment']}, authority));
}

function signed(name: string, what: Pick<Issue, 'commonName' | 'usages'> & Partial<Issue>, authority: Row['authority']): Pair {
	const key = namedKey(name);
	const signer = authorityOf(authority);
	const certificate = issue(
		{
			...what,
			serial: namedSerial(`${name} ${what.commonName}`),
			publicKey: publicHalf(key),
			notBefore: signer.certificate.notBefore,
			notAfter: initMs + yearMs,
		},
		signer,
	);
	return {certificate: certificatePem(certificate), key: key.export({type: 'pkcs1', format: 'pem'}).toString()};
}

/** What a kubelet serves with, made by itself. */
export const kubeletServingPair = (node: string): Pair =>
	once(`kubelet/${node}`, () => selfSignedPair(node, [], `kubelet/${node}`, initMs));

/** What a kubelet shows the API server, signed on request by kube-controller-manager: certificate and key in one file. */
export function kubeletClientPem(node: string): string {
	const {certificate, key} = once(`kubelet-client/${node}`, () => {
		const own = namedEcKey(`kubelet-client/${node}`);
		const leaf = issue(
			{
				serial: namedSerial(`kubelet-client/${node}`),
				organisations: ['system:nodes'],
				commonName: `system:node:${node}`,
				usages: ['digitalSignature'],
				purposes: client,
				publicKey: publicHalf(own),
				notBefore: initMs - backdateMs,
				notAfter: initMs - backdateMs + yearMs,
			},
			authorityOf('ca'),
		);
		return {certificate: certificatePem(leaf), key: own.export({type: 'sec1', format: 'pem'}).toString()};
	});
	return certificate + key;
}

/** What signs the tokens of service accounts. */
export function tokenKeyPair(): {readonly private: string; readonly public: string} {
	const key = namedKey('sa');
	return {
		private: key.export({type: 'pkcs1', format: 'pem'}).toString(),
		public: pem('PUBLIC KEY', publicHalf(key)),
	};
}
