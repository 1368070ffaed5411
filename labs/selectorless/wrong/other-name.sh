# The Endpoints have another name than the Service; the slice has no label.
# misses: legacy, modern
ssh reg "dnf install -y httpd && systemctl start httpd && echo hello from reg > /var/www/html/index.html"
cat > all.yml <<EOF
apiVersion: v1
kind: Service
metadata: {name: legacy}
spec:
  ports: [{port: 6666, targetPort: 80}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: legacy-ep}
subsets:
  - addresses: [{ip: 172.25.254.250}]
    ports: [{port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: modern}
spec:
  ports: [{port: 80}]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: modern}
addressType: IPv4
ports: [{port: 80}]
endpoints: [{addresses: [172.25.254.250]}]
EOF
kubectl apply -f all.yml
