using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;

namespace ChaosHarness.Aws.Clients;

/// <summary>
/// How a client works. Region, credentials, retries and endpoint come from where every AWS client takes them: code, environment, profile,
/// instance metadata; <c>AWS_ENDPOINT_URL</c> and <c>AWS_ENDPOINT_URL_SERVICE</c> lead elsewhere.
/// </summary>
public abstract class AwsClientConfig : ClientConfig
{
    private static readonly string Agent = InternalSDKUtils.BuildUserAgentString("ChaosHarness", "4.0");
    private static readonly IDefaultConfiguration[] Modes = [.. Enum.GetValues<DefaultConfigurationMode>().Select(Mode)];
    private readonly string _endpointPrefix;

    private protected AwsClientConfig(string serviceId, string signingName, string endpointPrefix, string version, bool isGlobal = false)
        : base(new DefaultConfigurationProvider(Modes))
    {
        _endpointPrefix = endpointPrefix;
        ServiceVersion = version;
        ServiceId = serviceId;
        AuthenticationServiceName = signingName;
        EndpointProvider = new RegionalEndpoints(endpointPrefix, isGlobal);
    }

    /// <inheritdoc/>
    public override string ServiceVersion { get; }

    /// <inheritdoc/>
    public override string UserAgent => Agent;

    /// <inheritdoc/>
    public override string RegionEndpointServiceName => _endpointPrefix;

    /// <inheritdoc/>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        EndpointProvider.ResolveEndpoint(ClientEndpoints.Parameters(this, parameters?.AlternateEndpoint?.SystemName));

    // The figures of AWS's own clients.
    private static DefaultConfiguration Mode(DefaultConfigurationMode mode) => new()
    {
        Name = mode,
        RetryMode = RequestRetryMode.Standard,
        S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
        ConnectTimeout = mode switch
        {
            DefaultConfigurationMode.Standard or DefaultConfigurationMode.CrossRegion => TimeSpan.FromSeconds(3.1),
            DefaultConfigurationMode.InRegion => TimeSpan.FromSeconds(1.1),
            DefaultConfigurationMode.Mobile => TimeSpan.FromSeconds(30),
            _ => null,
        },
    };
}
