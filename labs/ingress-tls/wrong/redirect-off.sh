# The redirect was turned off for the one host, and forced upon the other.
# misses: redirect, plain
openssl req -newkey rsa:2048 -nodes -keyout tls.key -x509 -days 365 -subj "/CN=myapp-tls.lilee.org/O=lilee" -out tls.crt
kubectl create secret tls web-tls --key tls.key --cert tls.crt
kubectl create ingress tls --class nginx --rule='myapp-tls.lilee.org/*=myappv1:80,tls=web-tls' --annotation nginx.ingress.kubernetes.io/ssl-redirect=false
kubectl annotate ingress www nginx.ingress.kubernetes.io/force-ssl-redirect=true
