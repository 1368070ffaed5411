# The applications know no /v1 and no /v2.
# misses: v1, v2
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: paths
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
