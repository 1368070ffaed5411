# The old form for both Services; and the endpoint repeats the port of the Service instead of that of the program.
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
metadata: {name: legacy}
subsets:
  - addresses: [{ip: 172.25.254.250}]
    ports: [{port: 6666}]
---
apiVersion: v1
kind: Service
metadata: {name: modern}
spec:
  ports: [{port: 80}]
---
apiVersion: v1
kind: Endpoints
metadata: {name: modern}
subsets:
  - addresses: [{ip: 172.25.254.250}]
    ports: [{port: 80}]
EOF
kubectl apply -f all.yml
