# As in the course notes: install the tool, edit the ConfigMap, delete the pods one by one, look.
kubectl get pods -o wide
kubectl get svc
curl -s 127.0.0.1:10249/proxyMode; echo
yum install ipvsadm -y
ssh k8s-node1 yum install ipvsadm -y
ssh k8s-node2 yum install ipvsadm -y
# checkpoint: tools
ipvsadm -Ln
KUBE_EDITOR="sed -i 's/mode: \"\"/mode: \"ipvs\"/'" kubectl -n kube-system edit cm kube-proxy
# checkpoint: config
kubectl -n kube-system get pod | awk '/proxy/{system("kubectl -n kube-system delete pods "$1)}'
kubectl -n kube-system rollout status ds/kube-proxy
curl -s 127.0.0.1:10249/proxyMode; echo
ipvsadm -Ln
ip a | tail
for i in $(seq 10); do curl -s $(kubectl get svc web -o jsonpath='{.spec.clusterIP}')/hostname.html; done
ipvsadm -Ln -t $(kubectl get svc web -o jsonpath='{.spec.clusterIP}'):80
ssh reg curl -s 172.25.254.10:30080/hostname.html
