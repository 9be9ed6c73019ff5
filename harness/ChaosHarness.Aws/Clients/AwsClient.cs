using Amazon.Runtime;
using Amazon.Runtime.Internal;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Clients;

/// <summary>A client on the AWS SDK's core: credentials, retries, signing, endpoints and cancellation are the SDK's own.</summary>
public abstract class AwsClient : AmazonServiceClient
{
    private readonly WireProtocol _protocol;
    private readonly ServiceErrors _errors;

    private protected AwsClient(AwsClientConfig config, WireProtocol protocol, Type requestBase)
        : base(config) => (_protocol, _errors) = (protocol, ServiceErrors.Of(requestBase));

    private protected AwsClient(AWSCredentials credentials, AwsClientConfig config, WireProtocol protocol, Type requestBase)
        : base(credentials, config) => (_protocol, _errors) = (protocol, ServiceErrors.Of(requestBase));

    /// <inheritdoc/>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ClientEndpoints());
        pipeline.AddHandlerAfter<ClientEndpoints>(new ClientSigning());
    }

    private protected Task<TResponse> CallAsync<TResponse>(AmazonWebServiceRequest request, CancellationToken cancellationToken)
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions
        {
            RequestMarshaller = new RequestWriter(_protocol, Config.ServiceVersion, Config.AuthenticationServiceName),
            ResponseUnmarshaller = new ResponseReader<TResponse>(_protocol, _errors),
        };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }
}
