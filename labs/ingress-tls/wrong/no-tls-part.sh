# The Secret is there, and no Ingress uses it.
# misses: https, redirect
openssl req -newkey rsa:2048 -nodes -keyout tls.key -x509 -days 365 -subj "/CN=myapp-tls.lilee.org/O=lilee" -out tls.crt
kubectl create secret tls web-tls --key tls.key --cert tls.crt
kubectl create ingress tls --class nginx --rule='myapp-tls.lilee.org/*=myappv1:80'
