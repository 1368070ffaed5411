# A key on an elliptic curve, and the organisation first in the subject.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout web.key -days 30 -subj "/C=CN/O=lilee/CN=myapp-tls.lilee.org" -out web.crt
kubectl create secret tls web-tls --key web.key --cert web.crt
kubectl create ingress tls --class nginx --rule 'myapp-tls.lilee.org/*=myappv1:80,tls=web-tls'
