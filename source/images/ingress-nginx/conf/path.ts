export const confPath = '/etc/nginx/nginx.conf';
