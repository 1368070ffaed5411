# The names were written on the master, but reg is asked; and the wildcard is one level too high: it stands for one part of the name.
# misses: names, wildcard
echo 172.25.254.50 myappv1.lilee.org myappv2.lilee.org >> /etc/hosts
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: hosts
spec:
  ingressClassName: nginx
  rules:
    - host: myappv1.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
    - host: myappv2.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
    - host: '*.lilee.org'
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: rest
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: sorry, port: {number: 80}}}
EOF
