# A pattern instead of a value fits too much; and the cookie is named with its value.
# misses: others, cookie
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop-canary
  annotations:
    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-by-header: "version"
    nginx.ingress.kubernetes.io/canary-by-header-pattern: ".*"
    nginx.ingress.kubernetes.io/canary-by-cookie: "try-new=always"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
EOF
