# Beside rules the default backend is for their hosts only.
# misses: default
ssh reg "echo 172.25.254.50 myappv1.lilee.org myappv2.lilee.org >> /etc/hosts"
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: hosts
spec:
  ingressClassName: nginx
  defaultBackend: {service: {name: sorry, port: {number: 80}}}
  rules:
    - host: myappv1.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
    - host: myappv2.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
    - host: '*.dev.lilee.org'
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
