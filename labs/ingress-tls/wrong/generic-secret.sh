# A Secret of the wrong type and with wrong keys.
# misses: secret, https
openssl req -newkey rsa:2048 -nodes -keyout tls.key -x509 -days 365 -subj "/CN=myapp-tls.lilee.org/O=lilee" -out tls.crt
kubectl create secret generic web-tls --from-file=tls.key --from-file=cert=tls.crt
kubectl create ingress tls --class nginx --rule='myapp-tls.lilee.org/*=myappv1:80,tls=web-tls'
