# The annotation rewrites /hostname.html as well: the front page comes.
# misses: hostname
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: paths
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: "/"
spec:
  ingressClassName: nginx
  rules:
    - host: www.lilee.org
      http:
        paths:
          - {path: /v1, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
          - {path: /v2, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
          - {path: /hostname.html, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
