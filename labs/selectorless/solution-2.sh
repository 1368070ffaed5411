# Imperative as far as it goes: the selector is taken away; slices for both, with a named port.
ssh reg "dnf install -y httpd && systemctl start httpd && echo '<h1>hello from reg</h1>' > /var/www/html/index.html"
kubectl create service clusterip legacy --tcp 6666:80
kubectl create service clusterip modern --tcp 80:80
kubectl patch svc legacy -p '{"spec":{"selector":null}}'
kubectl patch svc modern -p '{"spec":{"selector":null}}'
kubectl delete endpoints legacy modern
kubectl delete endpointslices -l kubernetes.io/service-name=legacy
for s in legacy:6666-80 modern:80-80; do
cat <<EOF | kubectl apply -f -
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ${s%%:*}-by-hand
  labels: {kubernetes.io/service-name: ${s%%:*}}
addressType: IPv4
ports: [{name: "${s#*:}", port: 80}]
endpoints: [{addresses: [172.25.254.250]}]
EOF
done
