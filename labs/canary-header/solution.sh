# From YAML.
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-by-header: "version"
    nginx.ingress.kubernetes.io/canary-by-header-value: "${value}"
    nginx.ingress.kubernetes.io/canary-by-cookie: "try-new"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
