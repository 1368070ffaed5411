import {spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test from 'ava';
import {runCli} from '../helpers/run-cli.js';

const version = spawnSync('openssl', ['version'], {encoding: 'utf8'}).stdout?.match(/^OpenSSL (3\.\d+)/)?.[1];
if (!version) console.log('# openssl 3 is not installed: golden comparison skipped');
const goldenTest = version ? test : test.skip;

interface Step {
	readonly stdout: string;
	readonly stderr: string;
	readonly exitCode: number;
}

async function runSteps(lines: readonly string[]): Promise<Step[]> {
	const stdin = lines.map(run => JSON.stringify({run})).join('\n');
	const {stdout} = await runCli(['sh', '--steps', '-', '--json'], {stdin});
	return stdout
		.trim()
		.split('\n')
		.map(line => JSON.parse(line) as Step)
		.slice(0, lines.length);
}

/** Made in the world; the real one gets the same files. */
const making = [
	'openssl ecparam -name prime256v1 -genkey -out ec.key',
	'openssl genpkey -algorithm ED25519 -out ed.key',
	'openssl genrsa -traditional -out rsa.key 2048',
	'openssl req -x509 -new -key ec.key -subj "/C=DE/O=a b/CN=ec" -addext subjectAltName=DNS:a.b,IP:1.2.3.4,email:x@y.z -days 3650 -out ec.crt',
	'openssl req -new -key ed.key -subj /CN=ed -out ed.csr',
	'openssl x509 -req -in ed.csr -CA ec.crt -CAkey ec.key -CAcreateserial -days 3000 -sha384 -out ed.crt',
	'openssl dgst -sha256 -sign rsa.key -hex ec.crt',
	'cp /etc/kubernetes/pki/apiserver.crt /etc/kubernetes/pki/ca.crt /var/lib/kubelet/pki/kubelet.crt .',
];
const files = ['ec.key', 'ed.key', 'rsa.key', 'ec.crt', 'ed.csr', 'ed.crt', 'apiserver.crt', 'ca.crt', 'kubelet.crt'];

/** Commands whose output must be the same here and there. */
const looking = [
	...['ec.crt', 'ed.crt', 'apiserver.crt', 'ca.crt', 'kubelet.crt'].map(file => `x509 -in ${file} -noout -text`),
	'x509 -in apiserver.crt -noout -subject -issuer -dates -serial -hash -issuer_hash -email -alias',
	'x509 -in apiserver.crt -noout -ext subjectAltName,keyUsage',
	'x509 -in apiserver.crt -noout -fingerprint -sha256',
	'x509 -in apiserver.crt -noout -checkhost kubernetes',
	'x509 -in apiserver.crt -noout -checkip 10.0.0.9',
	'x509 -in apiserver.crt -noout -checkend 60',
	'x509 -in ec.crt -noout -pubkey',
	'x509 -in missing.crt',
	'x509 -in ec.crt -noout -days',
	'req -in ed.csr -noout -text -verify',
	'req -in missing.csr',
	'verify -CAfile ca.crt apiserver.crt',
	'verify -CAfile ec.crt ed.crt',
	'verify -CAfile ec.crt apiserver.crt',
	'verify -CAfile missing.crt apiserver.crt',
	'ec -in ec.key -noout -text',
	'ec -in ec.key -pubout',
	'ec -in ec.key',
	'pkey -in ed.key -noout -text',
	'pkey -in ec.key -noout -text_pub',
	'pkey -in rsa.key',
	'rsa -in rsa.key -noout -text',
	'rsa -in rsa.key -noout -modulus -check',
	'rsa -in rsa.key -pubout',
	'rsa -in ec.key',
	'pkey -in missing.key',
	'dgst -sha256 -sign rsa.key -hex ec.crt',
	'dgst -sha1 ec.crt',
	'dgst -sha256 -hmac secret ec.crt',
	'dgst missing',
	'nosuch',
	'genpkey',
	'genpkey -algorithm XX',
	'ecparam -name nope -genkey',
	'rand -hex abc',
	'genrsa abc',
];

/** Threads have numbers; sources have lines that move; since 3.2 names are printed without blanks around their equals signs. */
const plain = (text: string) =>
	text
		.replace(/^[0-9A-F]{12,16}:error:/gm, 'error:')
		.replace(/^(error:.*?):(?:\.\.\/)?\w+\/[\w/]+\.c:\d+:/gm, '$1:')
		.replace(/^( *(?:Issuer|Subject):|subject=|issuer=|[A-Z]+ = ).*$/gm, line => line.replaceAll(' = ', '='));

goldenTest('openssl prints of the same files what the real one prints, and ends as it does', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-openssl-'));
	const all = await runSteps([...making, ...files.map(file => `cat ${file}`), ...looking.map(line => `openssl ${line}`)]);
	for (const [i, step] of all.slice(0, making.length).entries()) t.is(step.exitCode, 0, making[i]);
	for (const [i, file] of files.entries()) writeFileSync(path.join(folder, file), all[making.length + i]!.stdout);
	for (const [i, line] of looking.entries()) {
		const ours = all[making.length + files.length + i]!;
		const real = spawnSync('openssl', line.split(' '), {cwd: folder, encoding: 'utf8', input: ''});
		t.deepEqual(
			{stdout: plain(ours.stdout), stderr: plain(ours.stderr), exitCode: ours.exitCode},
			{stdout: plain(real.stdout), stderr: plain(real.stderr), exitCode: real.status ?? -1},
			line,
		);
	}
});

goldenTest('keys under a password and PKCS #12 go both ways', async t => {
	const folder = mkdtempSync(path.join(tmpdir(), 'kubelab-pkcs12-'));
	const real = (line: string, input: string | Uint8Array = '') => spawnSync('openssl', line.split(' '), {cwd: folder, input});
	for (const line of [
		'req -x509 -newkey rsa:2048 -nodes -keyout k -out c -subj /CN=theirs -days 9',
		'pkcs12 -export -in c -inkey k -name web -out theirs.p12 -passout pass:secret',
		'rsa -aes256 -in k -out k.enc -passout pass:secret',
	])
		t.is(real(line).status, 0, line);
	const base64 = (file: string) => readFileSync(path.join(folder, file)).toString('base64');
	const [p12, encrypted, , , , shown, wrong, theirs, modulus, broken] = await runSteps([
		'openssl req -x509 -newkey rsa:2048 -passout pass:secret -keyout k -out c -subj /CN=ours 2>/dev/null; openssl pkcs12 -export -in c -inkey k -passin pass:secret -name web -out ours.p12 -passout pass:secret; base64 -w0 ours.p12',
		'cat k',
		`echo ${base64('theirs.p12')} | openssl base64 -d -A -out theirs.p12`,
		`echo ${base64('k.enc')} | openssl base64 -d -A -out k.enc`,
		'openssl genrsa -aes128 -passout pass:x -out x.key',
		'openssl pkcs12 -in theirs.p12 -passin pass:secret -nokeys',
		'openssl pkcs12 -in theirs.p12 -passin pass:guess -nokeys',
		'openssl pkcs12 -in theirs.p12 -passin pass:secret -nocerts -nodes | openssl rsa -noout -modulus',
		'openssl rsa -in k.enc -passin pass:secret -noout -modulus',
		'openssl rsa -in k.enc -passin pass:guess -noout -modulus; head -1 x.key',
	]);
	t.regex(encrypted!.stdout, /^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
	writeFileSync(path.join(folder, 'ours.p12'), Buffer.from(p12!.stdout, 'base64'));
	writeFileSync(path.join(folder, 'ours.key'), encrypted!.stdout);
	const read = real('pkcs12 -in ours.p12 -passin pass:secret -nodes');
	t.is(read.status, 0, read.stderr.toString());
	t.regex(read.stdout.toString(), /friendlyName: web[\s\S]*subject=CN = ours[\s\S]*BEGIN PRIVATE KEY/);
	t.is(real('rsa -in ours.key -passin pass:secret -noout -check').stdout.toString(), 'RSA key ok\n');
	const golden = real('pkcs12 -in theirs.p12 -passin pass:secret -nokeys').stdout.toString();
	t.is(shown!.stdout, plain(golden));
	t.deepEqual([wrong!.stderr, wrong!.exitCode], ['Mac verify error: invalid password?\n', 1]);
	const own = real('rsa -in k -noout -modulus').stdout.toString();
	t.is(theirs!.stdout, own);
	t.is(modulus!.stdout, own);
	t.regex(broken!.stdout + broken!.stderr, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\nCould not read private key from k\.enc\n/);
});

test('what the real openssl has and this has not is refused aloud', async t => {
	const steps = await runSteps(['openssl cms -help', 'openssl x509 -in x -purpose', 'openssl genrsa -des3 -out k', 'openssl']);
	for (const {exitCode, stderr} of steps) {
		t.is(exitCode, 125);
		t.regex(stderr, /^kubelab: not simulated: openssl/);
	}
});
