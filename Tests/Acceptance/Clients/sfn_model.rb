# A Step Functions client for the AWS SDK for Ruby, made at run time of botocore's model: Debian
# has the SDK's core, which is what every one of its clients is generated upon, and no such gem.
require 'aws-sdk-core'
require 'aws-sdk-sts'
require 'aws-sdk-core/plugins/protocols/json_rpc.rb'
require 'json'
require 'zlib'

module Aws
  module SFN
    module Errors
      extend Aws::Errors::DynamicErrors
    end
    module Types; end
    include Seahorse::Model

    MODEL = JSON.parse(Zlib::GzipReader.open(ENV.fetch('SFN_MODEL'), &:read))
    CLASSES = {
      'structure' => Shapes::StructureShape, 'list' => Shapes::ListShape,
      'map' => Shapes::MapShape, 'string' => Shapes::StringShape,
      'integer' => Shapes::IntegerShape, 'long' => Shapes::IntegerShape,
      'boolean' => Shapes::BooleanShape, 'timestamp' => Shapes::TimestampShape,
      'float' => Shapes::FloatShape, 'double' => Shapes::FloatShape
    }.freeze
    SHAPES = MODEL['shapes'].to_h { |name, shape| [name, CLASSES[shape['type']].new(name: name)] }

    def self.underscored(name)
      name.gsub(/([a-z0-9])([A-Z])/, '\1_\2').downcase
    end

    def self.ref(member, **options)
      Shapes::ShapeRef.new(shape: SHAPES[member['shape']], **options)
    end

    def self.fill_structure(name, shape)
      members = shape['members'] || {}
      members.each do |member, target|
        SHAPES[name].add_member(
          underscored(member).to_sym,
          ref(target, required: (shape['required'] || []).include?(member), location_name: member)
        )
      end
      symbols = members.keys.map { |member| underscored(member).to_sym }
      type = Struct.new(*(symbols.empty? ? [:_empty] : symbols))
      SHAPES[name].struct_class = Types.const_set(name[0].upcase + name[1..], type)
    end

    MODEL['shapes'].each do |name, shape|
      case shape['type']
      when 'structure' then fill_structure(name, shape)
      when 'list' then SHAPES[name].member = ref(shape['member'])
      when 'map'
        SHAPES[name].key = ref(shape['key'])
        SHAPES[name].value = ref(shape['value'])
      end
    end

    def self.operation(name, described)
      Operation.new.tap do |made|
        made.name = name
        made.http_method = 'POST'
        made.http_request_uri = '/'
        prefix = described.dig('endpoint', 'hostPrefix')
        made.endpoint_pattern = { 'hostPrefix' => prefix } if prefix
        made.input = ref(described['input'])
        made.output = ref(described['output'])
        (described['errors'] || []).each { |error| made.errors << ref(error) }
        if MODEL['shapes'][described['output']['shape']]['members'].key?('nextToken')
          made[:pager] = Aws::Pager.new(
            tokens: { 'next_token' => 'next_token' }, limit_key: 'max_results'
          )
        end
      end
    end

    API = Api.new.tap do |api|
      api.version = '2016-11-23'
      api.metadata = MODEL['metadata'].merge('jsonVersion' => '1.0', 'protocol' => 'json')
      MODEL['operations'].each do |name, described|
        api.add_operation(underscored(name).to_sym, operation(name, described))
      end
    end

    # Says which service's signature a request gets, as generated clients do.
    class Scope < Seahorse::Client::Plugin
      class Handler < Seahorse::Client::Handler
        def call(context)
          context[:auth_scheme] = {
            'name' => 'sigv4', 'signingName' => 'states', 'signingRegion' => 'us-east-1'
          }
          @handler.call(context)
        end
      end

      def add_handlers(handlers, _config)
        handlers.add(Handler, step: :build, priority: 75)
      end
    end

    class Client < Seahorse::Client::Base
      include Aws::ClientStubs
      @identifier = :states
      class << self
        attr_reader :identifier

        def errors_module
          Errors
        end
      end
      set_api(API)
      add_plugin(Seahorse::Client::Plugins::ContentLength)
      %i[
        CredentialsConfiguration Logging ParamConverter ParamValidator UserAgent
        HelpfulSocketErrors RetryErrors GlobalConfiguration RegionalEndpoint EndpointDiscovery
        EndpointPattern ResponsePaging StubResponses IdempotencyToken TransferEncoding
        RecursionDetection DefaultsMode Sign
      ].each { |name| add_plugin(Aws::Plugins.const_get(name)) }
      add_plugin(Aws::Plugins::Protocols::JsonRpc)
      add_plugin(Scope)
    end
  end
end
