# Two Ingresses of one host: one rewrites, the other does not.
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: plain
spec:
  ingressClassName: nginx
  rules:
    - host: www.lilee.org
      http:
        paths:
          - {path: /hostname.html, pathType: Exact, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
