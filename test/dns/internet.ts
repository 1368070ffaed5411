import test from 'ava';
import curl from '../../source/commands/net-client/curl/curl.js';
import ping from '../../source/commands/net-client/icmp/ping.js';
import {plugInternet} from '../../source/images/internet/internet.js';
import {createLab, runCommand} from '../helpers/client-machine.js';

function online() {
	const lab = createLab();
	lab.files.set('/etc/resolv.conf', 'nameserver 192.168.56.2\n');
	const documents = new Map([
		['raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml', () => 'kind: Namespace\n'],
	]);
	plugInternet(lab.network, lab.sim, {gateway: '192.168.56.2', prefix: 24, segment: 'lan', mac: '02:42:c0:a8:38:02', documents});
	const {routes} = lab.network.namespace('client');
	routes.replace({destination: '0.0.0.0/0', via: '192.168.56.2', dev: 'eth0', protocol: 'static'});
	return lab.machine(false);
}

test('known hosts answer over HTTP and HTTPS, with a certificate that is trusted', t => {
	const machine = online();
	t.regex(runCommand(curl, machine, ['curl', '-sI', 'www.baidu.com'], {tty: false}).stdout, /^HTTP\/1\.1 200 OK\r\nServer: BWS\/1\.1\r\n/);
	t.regex(runCommand(curl, machine, ['curl', '-s', 'https://www.baidu.com']).stdout, /<title>百度一下，你就知道<\/title>/);
	const byAddress = runCommand(curl, machine, ['curl', '-sS', '--resolve', 'wrong.example:443:110.242.68.66', 'https://wrong.example/']);
	t.is(byAddress.exitCode, 60);
	t.regex(byAddress.stderr, /^curl: \(60\) SSL: no alternative certificate subject name matches target host name 'wrong\.example'\n/);
});

test('documents are served at their usual URL', t => {
	const url = 'https://raw.githubusercontent.com/metallb/metallb/v0.14.8/config/manifests/metallb-native.yaml';
	t.is(runCommand(curl, online(), ['curl', '-s', url]).stdout, 'kind: Namespace\n');
	t.is(runCommand(curl, online(), ['curl', '-sf', `${url}x`]).exitCode, 22);
});

test('hosts answer a ping; names that nobody has are unknown', t => {
	t.is(runCommand(ping, online(), ['ping', '-c', '1', 'www.baidu.com']).exitCode, 0);
	t.is(runCommand(ping, online(), ['ping', '-c', '1', 'no.such.host']).stderr, 'ping: no.such.host: Name or service not known\n');
	t.is(runCommand(curl, online(), ['curl', '-sS', 'http://no.such.host/']).stderr, 'curl: (6) Could not resolve host: no.such.host\n');
});

test('HTTPS to a plain port is the wrong version', t => {
	const {exitCode, stderr} = runCommand(curl, createLab().machine(false), ['curl', '-sS', 'https://192.168.56.11:80/']);
	t.is(exitCode, 35);
	t.is(stderr, 'curl: (35) OpenSSL/3.0.17: error:0A00010B:SSL routines::wrong version number\n');
});
