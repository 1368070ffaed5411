import test from 'ava';
import netClient from '../../source/commands/net-client/index.js';
import {createLab, runCommand} from '../helpers/client-machine.js';

const run = (line: string, options: {busybox?: boolean; tty?: boolean; stdin?: string} = {}) => {
	const lab = createLab();
	const argv = line.split(' ');
	const command = netClient.find(each => each.name === argv[0])!;
	return {...runCommand(command, lab.machine(options.busybox ?? false), argv, options), lab};
};

test('curl: -w, -o and -L with facts of the last answer', t => {
	const {stdout, lab} = run(
		'curl -sL -o out.txt -w %{http_code}:%{num_redirects}:%{url_effective}:%{size_download} http://192.168.56.11/redir',
	);
	t.is(stdout, '200:1:http://192.168.56.11/:28');
	t.is(lab.files.get('/root/out.txt'), 'Hello from web-7d4b9c-abcde\n');
});

test('curl: --output-dir is where -o and -O write', t => {
	const {exitCode, lab} = run('curl -s --output-dir new -o out.txt http://192.168.56.11/');
	t.is(exitCode, 0);
	t.is(lab.files.get('/root/new/out.txt'), 'Hello from web-7d4b9c-abcde\n');
});

test('curl: -X, -d and repeated -d', t => {
	t.is(run('curl -s -X PUT -d a=1 -d b=2 http://192.168.56.11/post').stdout, 'got 7 bytes: a=1&b=2\n');
	t.is(run('curl -s -G -d a=1 http://192.168.56.11/?x=0').stdout, '404 page not found\n');
});

test('curl: a time limit while it connects takes that long', t => {
	const {exitCode, stderr, lab} = run('curl -sS -m 2 http://192.168.56.11:81/');
	t.is(exitCode, 28);
	t.is(stderr, 'curl: (28) Connection timed out after 2000 milliseconds\n');
	t.is(lab.sim.clock.uptime(), 2000);
});

test('curl: --retry with --retry-connrefused waits 1, 2, 4 seconds', t => {
	const {exitCode, lab} = run('curl -s --retry 3 --retry-connrefused http://192.168.56.11:83/');
	t.is(exitCode, 7);
	t.is(lab.sim.clock.uptime(), 7000);
});

test('curl: --retry-max-time ends it, and each try is told; -Z waits for all at once, with one meter', t => {
	const tried = run('curl -sS --retry 5 --retry-connrefused --retry-max-time 4 http://192.168.56.11:83/');
	t.is(tried.lab.sim.clock.uptime(), 3000);
	const told = run('curl --no-progress-meter --retry 1 --retry-connrefused http://192.168.56.11:83/').stderr;
	t.regex(
		told,
		/^curl: \(7\) .*\nWarning: Problem : connection refused. Will retry in 1 seconds. 1 retries \nWarning: left.\ncurl: \(7\) /,
	);
	const both = run('curl -sSZ -m 2 http://192.168.56.11:81/ http://192.168.56.11:81/ http://192.168.56.11/ -o a -o b -o c');
	t.is(both.exitCode, 28);
	t.is(both.lab.sim.clock.uptime(), 2000);
	t.is(both.lab.files.get('/root/c'), 'Hello from web-7d4b9c-abcde\n');
	t.regex(run('curl -Z http://192.168.56.11/').stderr, /^DL% UL% .*\n\r-- .*\r100 -- {5}28 {5}0 {5}1 {5}0 .*\n$/s);
});

test('curl: -w %{json} and --netrc', t => {
	const facts = JSON.parse(run('curl -s -o x -w %{json} http://192.168.56.11/').stdout);
	t.like(facts, {http_code: 200, method: 'GET', errormsg: null, filename_effective: 'x', num_connects: 1, size_download: 28});
	t.is(Object.keys(facts).at(-1), 'curl_version');
	t.regex(
		run('curl -sv --netrc-file - http://192.168.56.11/', {stdin: 'machine x login no\nmachine 192.168.56.11 login u password p\n'}).stderr,
		/\* Server auth using Basic with user 'u'\n> GET .*\r\n> Host: .*\r\n> Authorization: Basic dTpw\r\n/,
	);
});

test('what is lacking is refused aloud', t => {
	for (const [line, what] of [
		['curl --socks5 h http://x', 'curl --socks5'],
		['curl --http2 http://x', 'curl --http2'],
		['curl ftp://x/', 'curl ftp://'],
		['dig +trace web', 'dig +trace'],
		['wget -r http://x', 'wget -r'],
		['ping -f 192.168.56.11', 'ping -f'],
		['nc -l 80 81 82', 'nc -l 80 81 82'],
	] as const) {
		const {exitCode, stderr, lab} = run(line);
		t.is(exitCode, 125, line);
		t.is(stderr, `kubelab: not simulated: ${what}\n`);
		t.deepEqual(lab.sim.notes.list(), [{what, count: 1}]);
	}
});

test('nslookup: an address is asked for by its reverse name, without the server', t => {
	const {stdout} = run('nslookup 10.96.100.1 192.168.56.11');
	t.is(stdout, '1.100.96.10.in-addr.arpa\tname = web.default.svc.cluster.local.\n\n');
});

test('nslookup: a forwarded name is not authoritative', t => {
	t.is(
		run('nslookup example.com. 192.168.56.11').stdout,
		'Server:\t\t192.168.56.11\nAddress:\t192.168.56.11#53\n\nNon-authoritative answer:\nName:\texample.com\nAddress: 203.0.113.80\n\n',
	);
});

test('wget follows a redirect on the same connection', t => {
	const {stderr, stdout} = run('wget -O- http://192.168.56.11/redir');
	t.is(stdout, 'Hello from web-7d4b9c-abcde\n');
	t.regex(
		stderr,
		/302 Found\nLocation: \/ \[following\]\n--[\d :-]+-- {2}http:\/\/192\.168\.56\.11\/\nReusing existing connection to 192\.168\.56\.11:80\.\n/,
	);
});

test('wget: an HTTP error is status 8, busybox says it in one line', t => {
	const gnu = run('wget http://192.168.56.11/missing');
	t.is(gnu.exitCode, 8);
	t.regex(gnu.stderr, /awaiting response\.\.\. 404 Not Found\n[\d :-]+ ERROR 404: Not Found\.\n\n$/);
	const busybox = run('wget -q http://192.168.56.11/missing', {busybox: true});
	t.is(busybox.stderr, 'wget: server returned error: HTTP/1.1 404 Not Found\n');
	t.is(busybox.exitCode, 1);
});

test('names: /etc/hosts first, then the search list by ndots', t => {
	const lab = createLab();
	lab.files.set('/etc/hosts', '127.0.0.1 localhost\n192.168.56.11 store.example.com store\n');
	const getent = netClient.find(each => each.name === 'getent')!;
	const ask = (name: string) => runCommand(getent, lab.machine(false), ['getent', 'hosts', name]);
	t.is(ask('store').stdout, '192.168.56.11   store.example.com store\n');
	t.is(ask('kube-dns.kube-system').stdout, '10.96.0.10      kube-dns.kube-system.svc.cluster.local\n');
	t.is(ask('nosuch').exitCode, 2);
});

test('ping: a hop limit, silence, and a reject', t => {
	t.regex(run('ping -c 1 -t 1 10.244.1.9').stdout, /From 192\.168\.56\.11 icmp_seq=1 Time to live exceeded\n/);
	const silent = run('ping -c 2 -W 1 198.51.100.9');
	t.regex(silent.stdout, /2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n\n$/);
	t.is(silent.exitCode, 1);
});
