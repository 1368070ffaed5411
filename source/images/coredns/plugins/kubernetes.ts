import {setupKubernetes, type KubernetesConfig} from '../kubernetes/setup.js';
import {serveKubernetes} from '../kubernetes/serve.js';
import type {Plugin} from '../plugin.js';

/** Answers for Services, endpoints and pods (the Kubernetes DNS specification). */
const kubernetes: Plugin<KubernetesConfig> = {name: 'kubernetes', setup: setupKubernetes, serve: serveKubernetes};

export default kubernetes;
