import {strftime} from '../../../sim/strftime.js';
import type {Machine} from '../../../node/host/machine.js';
import type {Io} from '../../../shell/command.js';
import {type Certificate, certificatesIn} from '../../../tls/certificate.js';
import {issue} from '../../../tls/issue.js';
import {pem} from '../../../tls/pem.js';
import {publicKeyInfo, generateRsa, pkcs1} from '../../../tls/rsa.js';
import {readPrivateKey} from '../../../tls/private-key.js';
import {alternativeNames} from '../../../tls/extensions.js';
import {notSimulated} from '../arguments.js';

const folder = '/etc/kubernetes';
const dayMs = 86_400_000;

/** What kubeadm manages, in its order: name, file, authority, and how it is called when it is renewed. */
const managed = [
	['admin.conf', 'admin.conf', 'ca', 'certificate embedded in the kubeconfig file for the admin to use and for kubeadm itself'],
	['apiserver', 'pki/apiserver', 'ca', 'certificate for serving the Kubernetes API'],
	['apiserver-etcd-client', 'pki/apiserver-etcd-client', 'etcd-ca', 'certificate the apiserver uses to access etcd'],
	['apiserver-kubelet-client', 'pki/apiserver-kubelet-client', 'ca', 'certificate for the API server to connect to kubelet'],
	[
		'controller-manager.conf',
		'controller-manager.conf',
		'ca',
		'certificate embedded in the kubeconfig file for the controller manager to use',
	],
	['etcd-healthcheck-client', 'pki/etcd/healthcheck-client', 'etcd-ca', 'certificate for liveness probes to healthcheck etcd'],
	['etcd-peer', 'pki/etcd/peer', 'etcd-ca', 'certificate for etcd nodes to communicate with each other'],
	['etcd-server', 'pki/etcd/server', 'etcd-ca', 'certificate for serving etcd'],
	['front-proxy-client', 'pki/front-proxy-client', 'front-proxy-ca', 'certificate for the front proxy client'],
	['scheduler.conf', 'scheduler.conf', 'ca', 'certificate embedded in the kubeconfig file for the scheduler manager to use'],
	['super-admin.conf', 'super-admin.conf', 'ca', 'certificate embedded in the kubeconfig file for the super-admin'],
] as const;
type Managed = (typeof managed)[number];

const authorities = {ca: 'pki/ca', 'etcd-ca': 'pki/etcd/ca', 'front-proxy-ca': 'pki/front-proxy-ca'} as const;

/** `kubeadm certs check-expiration` and `renew`. Models cmd/kubeadm/app/cmd/certs.go. */
export function certs(io: Io<Machine>): number {
	const [verb, name] = io.argv.slice(2);
	if (verb === 'check-expiration' && io.argv.length === 3) return checkExpiration(io);
	if (verb === 'renew' && io.argv.length === 4) {
		const chosen = name === 'all' ? managed : managed.filter(([each]) => each === name);
		if (chosen.length > 0) return renew(io, chosen, name === 'all');
		if (!name!.startsWith('-')) {
			io.err(
				`error: unknown command "${name}" for "kubeadm certs renew"\nTo see the stack trace of this error execute with --v=5 or higher\n`,
			);
			return 1;
		}
	}

	return notSimulated(io, io.argv.join(' '));
}

const reading = (phase: string) =>
	`[${phase}] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...\n` +
	`[${phase}] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.\n\n`;

function checkExpiration(io: Io<Machine>): number {
	const {machine} = io;
	const rows = managed.map(([name, file, authority]) => row(io, name, certificateOf(machine, file), authority));
	const roots = Object.entries(authorities).map(([name, file]) => row(io, name, certificateOf(machine, file)));
	const leaves = table([['CERTIFICATE', 'EXPIRES', 'RESIDUAL TIME', 'CERTIFICATE AUTHORITY', 'EXTERNALLY MANAGED'], ...rows]);
	io.out(`${reading('check-expiration')}${leaves}\n`);
	io.out(table([['CERTIFICATE AUTHORITY', 'EXPIRES', 'RESIDUAL TIME', 'EXTERNALLY MANAGED'], ...roots]));
	return 0;
}

function row(io: Io<Machine>, name: string, certificate: Certificate | undefined, authority?: string): string[] {
	if (!certificate) return [`!MISSING! ${name}`, '', '', ...(authority === undefined ? [] : [''])];
	const left = certificate.notAfter - io.machine.sim.clock.now();
	return [name, expiry(certificate.notAfter), short(left), ...(authority === undefined ? [] : [authority]), 'no      '];
}

const expiry = (ms: number): string => strftime('%b %d, %Y %H:%M UTC', ms);

/** Models apimachinery/pkg/util/duration ShortHumanDuration. */
function short(ms: number): string {
	if (ms < -1000) return '<invalid>';
	const units = [
		['y', 365 * dayMs],
		['d', dayMs],
		['h', 3_600_000],
		['m', 60_000],
		['s', 1000],
	] as const;
	const [unit, size] = units.find(([, each]) => ms >= each) ?? ['s', 1000];
	return `${Math.max(0, Math.floor(ms / size))}${unit}`;
}

/** text/tabwriter: cells of at least ten, three blanks between; the last of a row is as it is. */
function table(rows: ReadonlyArray<readonly string[]>): string {
	const widths = rows[0]!.map((_, column) => Math.max(10, ...rows.map(cells => (cells[column]?.length ?? 0) + 3)));
	return rows.map(cells => `${cells.map((cell, i) => (i === cells.length - 1 ? cell : cell.padEnd(widths[i]!))).join('')}\n`).join('');
}

const pathOf = (file: string) => (file.endsWith('.conf') ? `${folder}/${file}` : `${folder}/${file}.crt`);
const embedded = /(client-certificate-data: )(\S+)/;

function certificateOf({files}: Machine, file: string): Certificate | undefined {
	const path = pathOf(file);
	if (!files.exists(path)) return undefined;
	const text = files.readText(path);
	return certificatesIn(file.endsWith('.conf') ? Buffer.from(embedded.exec(text)?.[2] ?? '', 'base64').toString() : text)[0];
}

function renew(io: Io<Machine>, chosen: readonly Managed[], all: boolean): number {
	io.out(reading('renew'));
	for (const [, file, authority, what] of chosen) {
		const old = certificateOf(io.machine, file);
		if (!old) {
			io.out(`MISSING! ${what}\n`);
			continue;
		}

		if (!renewOne(io, file, old, authorities[authority])) {
			io.err(
				`error execution phase: couldn't load CA certificate ${authority}\nTo see the stack trace of this error execute with --v=5 or higher\n`,
			);
			return 1;
		}

		io.out(`${what} renewed\n`);
	}

	if (all)
		io.out(
			'\nDone renewing certificates. You must restart the kube-apiserver, kube-controller-manager, kube-scheduler and etcd, so that they can use the new certificates.\n',
		);
	return 0;
}

/** With a key of its own, the same names, from now on for a year. */
function renewOne({machine}: Io<Machine>, file: string, old: Certificate, authority: string): boolean {
	const {files, sim} = machine;
	const [certificate] = files.exists(pathOf(authority)) ? certificatesIn(files.readText(pathOf(authority))) : [];
	const keyPath = `${folder}/${authority}.key`;
	const signer = files.exists(keyPath) ? readPrivateKey(files.readText(keyPath)) : undefined;
	if (!certificate || !signer) return false;
	const random = sim.random.fork('kubeadm/certs');
	const key = generateRsa(2048, below => random.int(below));
	const names = alternativeNames(old.extensions);
	const value = (id: string) => old.subject.filter(([each]) => each === id).map(([, text]) => text);
	const now = Math.floor(sim.clock.now() / 1000) * 1000;
	const fresh = issue(
		{
			serial: BigInt(`0x${random.hex(15)}`) + 1n,
			organisations: value('2.5.4.10'),
			commonName: value('2.5.4.3')[0] ?? '',
			usages: ['digitalSignature', 'keyEncipherment'],
			purposes:
				file === 'pki/apiserver' ? ['serverAuth'] : /etcd\/(?:peer|server)$/.test(file) ? ['serverAuth', 'clientAuth'] : ['clientAuth'],
			dns: names?.dns ?? [],
			addresses: (names?.addresses ?? []).map(address => (address === '0:0:0:0:0:0:0:1' ? '::1' : address)),
			publicKey: publicKeyInfo(key),
			notBefore: certificate.notBefore,
			notAfter: now + 365 * dayMs,
		},
		{certificate, key: signer},
	);
	const [crt, keyText] = [pem('CERTIFICATE', fresh.bytes), pem('RSA PRIVATE KEY', pkcs1(key))];
	if (!file.endsWith('.conf')) {
		files.write(`${folder}/${file}.crt`, crt);
		files.write(`${folder}/${file}.key`, keyText, {mode: 0o600});
		return true;
	}

	const base64 = (text: string) => Buffer.from(text).toString('base64');
	const text = files.readText(pathOf(file)).replace(embedded, (_, head) => head + base64(crt));
	files.write(
		pathOf(file),
		text.replace(/(client-key-data: )\S+/, (_, head) => head + base64(keyText)),
		{mode: 0o600},
	);
	return true;
}
