# Packs the gems that Debian brings as a registry would serve them: gems.rb FOLDER NAME…, and says which versions they are.
require "fileutils"
require "json"
require "rubygems/package"

folder = File.expand_path(ARGV.shift)
FileUtils.mkdir_p("#{folder}/gems")
found = ARGV.to_h do |name|
  spec = Gem::Specification.find_by_name(name).dup
  Dir.chdir(spec.full_gem_path) do
    spec.files = Dir["{lib,exe,bin}/**/*"].select { |file| File.file?(file) }
    spec.signing_key = nil
    spec.cert_chain = []
    Gem::DefaultUserInteraction.use_ui(Gem::SilentUI.new) do
      Gem::Package.build(spec, true, false, "#{folder}/gems/#{spec.file_name}")
    end
  end
  [name, spec.version.to_s]
end
puts JSON.generate(found)
