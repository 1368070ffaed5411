# Three Ingresses from YAML.
kubectl apply -f - <<'EOF'
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app
  annotations:
    nginx.ingress.kubernetes.io/rewrite-target: "/$2"
spec:
  ingressClassName: nginx
  rules:
    - host: www.lilee.org
      http:
        paths:
          - {path: /app(/|$)(.*), pathType: ImplementationSpecific, backend: {service: {name: myappv2, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/app-root: "/hostname.html"
spec:
  ingressClassName: nginx
  rules:
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: old
  annotations:
    nginx.ingress.kubernetes.io/permanent-redirect: "http://www.lilee.org/app/"
spec:
  ingressClassName: nginx
  rules:
    - host: old.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv1, port: {number: 80}}}}
EOF
