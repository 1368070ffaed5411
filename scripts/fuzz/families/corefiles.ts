import {corefileHash} from '../../../source/images/coredns/corefile.js';
import {compileCorefile} from '../../../source/images/coredns/server.js';
import {readerFamily} from '../reader.js';

/** What a learner writes into the ConfigMap of CoreDNS. */
export default readerFamily({
	name: 'corefiles',
	samples: [
		'.:53 {\n    errors\n    health {\n       lameduck 5s\n    }\n    ready\n    kubernetes cluster.local in-addr.arpa ip6.arpa {\n       pods insecure\n       fallthrough in-addr.arpa ip6.arpa\n       ttl 30\n    }\n    prometheus :9153\n    forward . /etc/resolv.conf {\n       max_concurrent 1000\n    }\n    cache 30\n    loop\n    reload\n    loadbalance\n}\n',
		'example.org:5353 example.com {\n  file /etc/coredns/db.example example.org\n  hosts {\n    10.0.0.1 a.example.org b\n    fallthrough\n  }\n  log . {combined} {\n    class denial error\n  }\n}\n',
		'(snippet) {\n  errors\n  log\n}\n.:53 {\n  import snippet\n  rewrite name exact a.example.org b.example.org\n  rewrite stop {\n    name regex (.*)\\.foo\\.org {1}.default.svc.cluster.local\n    answer name (.*)\\.default {1}.foo.org\n  }\n  template IN A example.net {\n    answer "{{ .Name }} 60 IN A 10.1.1.1"\n  }\n  forward example.org 10.0.0.10:53 tls://1.1.1.1 {\n    except a.example.org\n    policy sequential\n    health_check 5s\n  }\n}\n',
	],
	words: [
		...'{}().:"\\#\n ',
		'errors',
		'cache',
		'forward',
		'kubernetes',
		'rewrite',
		'hosts',
		'file',
		'import',
		'reload 2s',
		'{$ENV}',
		'53',
		'.',
		'-1',
		'99999',
	],
	take(text) {
		corefileHash(text);
		compileCorefile('/etc/coredns/Corefile', text);
		return undefined;
	},
});
