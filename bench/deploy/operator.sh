#!/usr/bin/env bash
# What an operator runs without KubePrep: 5 cfssl gencert, 5 cfssljson and 16 kubectl config, one after the other.
# Takes a directory whose ssl/ holds ca-config.json and the five *-csr.json; leaves what 'kubeprep deploy' leaves.
# usage: operator.sh DIRECTORY CLUSTER-NAME SERVER; KUBECTL names the client if it is not the one on PATH
set -euo pipefail

cluster=$2 server=$3 kubectl=${KUBECTL:-kubectl}
cd "$1"

# kubeconfig FILE LEAF CLUSTER USER CONTEXT
kubeconfig() {
    "$kubectl" config set-cluster "$3" --certificate-authority=ssl/ca.pem --embed-certs=true --server="$server" --kubeconfig="$1.kubeconfig"
    "$kubectl" config set-credentials "$4" --client-certificate="ssl/$2.pem" --client-key="ssl/$2-key.pem" --embed-certs=true \
        --kubeconfig="$1.kubeconfig"
    "$kubectl" config set-context "$5" --cluster="$3" --user="$4" --kubeconfig="$1.kubeconfig"
    "$kubectl" config use-context "$5" --kubeconfig="$1.kubeconfig"
}

cfssl gencert -initca ssl/ca-csr.json | cfssljson -bare ssl/ca
for leaf in admin kube-proxy kube-scheduler kube-controller-manager; do
    cfssl gencert -ca=ssl/ca.pem -ca-key=ssl/ca-key.pem -config=ssl/ca-config.json -profile=kubernetes "ssl/$leaf-csr.json" \
        | cfssljson -bare "ssl/$leaf"
done

kubeconfig kubectl admin "$cluster" admin "context-$cluster"
kubeconfig kube-proxy kube-proxy kubernetes kube-proxy default
kubeconfig kube-scheduler kube-scheduler kubernetes system:kube-scheduler default
kubeconfig kube-controller-manager kube-controller-manager kubernetes system:kube-controller-manager default
