import type {Image} from '../../node/image/image.js';
import agnhost from './agnhost/agnhost.js';
import ealen from './echo/ealen.js';
import echoBasic from './echo/echo-basic.js';
import echoServers from './echo/echo-server.js';
import echoserver from './echo/echoserver.js';
import httpEcho from './echo/http-echo.js';
import whoami from './echo/whoami.js';
import bootcamp from './hello/bootcamp.js';
import demoapp from './hello/demoapp.js';
import frontAndBack from './hello/front-and-back.js';
import helloApp from './hello/hello-app.js';
import helloKubernetes from './hello/hello-kubernetes.js';
import {helloWorld} from './hello/hello-world.js';
import multitool from './hello/multitool.js';
import nginxDemos from './hello/nginx-demos.js';
import nginxSlim from './hello/nginx-slim.js';
import nginxUnprivileged from './hello/nginx-unprivileged.js';
import nodeHello from './hello/node-hello.js';
import serveHostname from './hello/serve-hostname.js';
import tomcat from './hello/tomcat.js';
import hpaExample from './hpa-example.js';
import goHttpbin from './httpbin/go-httpbin.js';
import httpbin from './httpbin/httpbin.js';
import httpd from './httpd.js';
import myapp from './myapp.js';
import node from './node/image.js';
import podinfo from './podinfo/podinfo.js';
import python from './python/image.js';
import haproxy from './store/haproxy.js';
import memcached from './store/memcached.js';
import mongo from './store/mongo.js';
import mysql from './store/mysql.js';
import postgres from './store/postgres.js';
import redis from './store/redis.js';

/** Servers that learners deploy: those of well-known tutorials, and stores that start and listen. */
const apps: readonly Image[] = [
	httpd,
	myapp,
	tomcat,
	// They say what they were asked, and by whom.
	agnhost,
	ealen,
	echoBasic,
	...echoServers,
	echoserver,
	goHttpbin,
	httpbin,
	httpEcho,
	whoami,
	// They say who they are.
	bootcamp,
	demoapp,
	...frontAndBack,
	helloApp,
	helloKubernetes,
	helloWorld,
	hpaExample,
	multitool,
	...nginxDemos,
	nginxSlim,
	nginxUnprivileged,
	nodeHello,
	podinfo,
	serveHostname,
	// Languages.
	node,
	python,
	// They keep something.
	haproxy,
	memcached,
	mongo,
	mysql,
	postgres,
	redis,
];

export default apps;
