# Deployment and Service from YAML; the Ingress is led to the Service that is there.
kubectl apply -f - <<'EOF'
apiVersion: apps/v1
kind: Deployment
metadata: {name: myappv2}
spec:
  selector: {matchLabels: {app: myappv2}}
  template:
    metadata: {labels: {app: myappv2}}
    spec: {containers: [{name: web, image: "myapp:v2"}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: sites
spec:
  ingressClassName: nginx
  rules:
    - host: myappv2.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: myappv2, port: {number: 80}}}}
    - host: pay.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: payment, port: {number: 80}}}}
    - host: shop.lilee.org
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: 80}]
EOF
