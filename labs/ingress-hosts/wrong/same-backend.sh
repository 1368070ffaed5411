# Copied, and the second backend forgotten; the default backend asks for a port that the Service does not have.
# misses: hosts, default
ssh reg "echo 172.25.254.50 myappv1.lilee.org myappv2.lilee.org >> /etc/hosts"
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
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
    - host: '*.dev.lilee.org'
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
  defaultBackend: {service: {name: sorry, port: {number: 8080}}}
EOF
