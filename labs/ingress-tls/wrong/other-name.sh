# The certificate of the old notes: it names nobody's host, so the controller shows its own fake one.
# misses: https
openssl req -newkey rsa:2048 -nodes -keyout tls.key -x509 -days 365 -subj "/CN=nginxsvc/O=lilee" -out tls.crt
kubectl create secret tls web-tls --key tls.key --cert tls.crt
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: tls
spec:
  ingressClassName: nginx
  tls:
    - hosts: [myapp-tls.lilee.org]
      secretName: web-tls
  rules:
    - host: myapp-tls.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
EOF
